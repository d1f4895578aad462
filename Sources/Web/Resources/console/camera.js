// Takes a portrait with the camera of this machine and puts it into the form. Without this script a file is chosen.
"use strict";

(() => {
    const box = document.getElementById("camera");
    if (!box || !navigator.mediaDevices || !navigator.mediaDevices.getUserMedia || !window.DataTransfer) return;
    const [open, take, video, said, file] =
        ["camera-open", "camera-take", "camera-video", "camera-said", "file"].map((id) => document.getElementById(id));
    let stream = null;

    const show = (isOn) => {
        video.hidden = take.hidden = !isOn;
        open.hidden = isOn;
    };

    const stop = () => {
        if (stream) for (const track of stream.getTracks()) track.stop();
        stream = null;
        show(false);
    };

    open.addEventListener("click", async () => {
        said.textContent = "";
        try {
            stream = await navigator.mediaDevices.getUserMedia({video: {width: {ideal: 1280}, height: {ideal: 960}}});
            video.srcObject = stream;
            await video.play();
            show(true);
            take.focus();
        } catch {
            stop();
            said.textContent = box.dataset.refused;
        }
    });

    take.addEventListener("click", () => {
        // The middle, three wide and four high.
        const height = video.videoHeight;
        const width = Math.min(video.videoWidth, Math.round(height * 3 / 4));
        const canvas = document.createElement("canvas");
        canvas.width = width;
        canvas.height = height;
        canvas.getContext("2d").drawImage(video, (video.videoWidth - width) / 2, 0, width, height, 0, 0, width, height);
        canvas.toBlob((picture) => {
            const list = new DataTransfer();
            list.items.add(new File([picture], "portrait.jpg", {type: "image/jpeg"}));
            file.files = list.files;
            stop();
            said.textContent = box.dataset.taken;
        }, "image/jpeg", 0.92);
    });

    addEventListener("pagehide", stop);
    box.hidden = false;
})();
