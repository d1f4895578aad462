// Makes and uses passkeys (WebAuthn level 3). Without this script there are password and one-time code.
"use strict";

(() => {
    const box = document.getElementById("passkey");
    const here = location.hostname;
    if (!box || !window.PublicKeyCredential || (here !== box.dataset.site && !here.endsWith("." + box.dataset.site))) {
        return;
    }
    const button = document.getElementById("passkey-button");
    const problem = document.getElementById("passkey-problem");
    const label = document.getElementById("passkey-label");

    class Refused extends Error {}

    const bytes = (text) => {
        const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
        return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
    };

    const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
        .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

    const ask = async (path, body) => {
        const answer = await fetch("/api/v1/passkeys" + path, {
            method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(body),
        });
        const json = await answer.json();
        if (!answer.ok) throw new Refused(json["detail_" + document.documentElement.lang]);
        return json;
    };

    const make = async (path, about, more) => {
        const options = await ask(path + "/challenge", about);
        options.challenge = bytes(options.challenge);
        options.user.id = bytes(options.user.id);
        for (const key of options.excludeCredentials) key.id = bytes(key.id);
        const made = await navigator.credentials.create({publicKey: options});
        const response = {
            clientDataJSON: text(made.response.clientDataJSON),
            attestationObject: text(made.response.attestationObject),
            transports: made.response.getTransports ? made.response.getTransports() : [],
        };
        return ask(path, {...about, ...more, credential: {id: made.id, response}});
    };

    const sign = async () => {
        const options = await ask("/sign-in/challenge", {});
        options.challenge = bytes(options.challenge);
        const signed = await navigator.credentials.get({publicKey: options});
        const response = {
            clientDataJSON: text(signed.response.clientDataJSON),
            authenticatorData: text(signed.response.authenticatorData),
            signature: text(signed.response.signature),
            userHandle: signed.response.userHandle ? text(signed.response.userHandle) : null,
        };
        return ask("/sign-in", {next: box.dataset.next, credential: {id: signed.id, response}});
    };

    const ceremonies = {
        "sign-in": sign,
        "enrolment": () => make("/enrolment", {token: box.dataset.token}, {}),
        "add": () => make("", {}, {label: label.value}),
    };

    const words = (error) => {
        if (error instanceof Refused) return error.message;
        if (error.name === "NotAllowedError" || error.name === "AbortError") return box.dataset.cancelled;
        if (error.name === "InvalidStateError") return box.dataset.taken;
        return box.dataset.failed;
    };

    button.addEventListener("click", async () => {
        button.disabled = true;
        problem.textContent = "";
        try {
            location.assign((await ceremonies[box.dataset.ceremony]()).next);
        } catch (error) {
            problem.textContent = words(error);
            button.disabled = false;
            button.focus();
        }
    });
    box.hidden = false;
})();
