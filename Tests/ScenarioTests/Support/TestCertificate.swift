/// A certificate for `localhost` that nobody trusts, with its key, and a key that belongs to no certificate.
enum TestCertificate {
    static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBmzCCAUGgAwIBAgIUEXL5mo7dCCdVV6FKqstFmDTydpwwCgYIKoZIzj0EAwIw
        FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyODIzMzYwNloYDzIxMjYxMTA0
        MjMzNjA2WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAASJEXAV3J/l2fAK03RUZmkQwlGscs0JWjPn69UM4lrJn6yPyV7qCccv
        RU+zGcmWp78ANNZdrHXQiEEFK1IHRUSqo28wbTAdBgNVHQ4EFgQUfTB3RHbDmzjh
        1es2VN2a8MaYsC8wHwYDVR0jBBgwFoAUfTB3RHbDmzjh1es2VN2a8MaYsC8wDwYD
        VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
        zj0EAwIDSAAwRQIgPc6FvCcgejhoD233MDuToYxzW+z5zES1az4CK4w90xACIQDt
        3lO9naKPRLTxAN+Nqv5PSnSpfPbjvSMobFKToYuTcw==
        -----END CERTIFICATE-----
        """

    static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg22tw28xLbVb58sZ2
        lr1Kl4NNbTrdCIw6cDrRNsKhOmqhRANCAASJEXAV3J/l2fAK03RUZmkQwlGscs0J
        WjPn69UM4lrJn6yPyV7qCccvRU+zGcmWp78ANNZdrHXQiEEFK1IHRUSq
        -----END PRIVATE KEY-----
        """

    static let strangeKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgOtR2tOaqVmLfrhos
        xF6kOJilGOX6oX7vpYm0SOhOum+hRANCAAT1ofU+9NtgDTqDvGSAKkOWW9WbI1ko
        Id2jHQHth319/CjHgGGNLzL/5vaIcNNxnMOgAIW0pmlQyXYjwDxhmIh7
        -----END PRIVATE KEY-----
        """
}
