/**
 * The certificate of the cluster's own authority, as pods and `kube-public/cluster-info` find it. All clusters share it:
 * it signs nothing that a learner verifies, and making one at each start would cost more than the start.
 */
export const CLUSTER_CA_PEM = `-----BEGIN CERTIFICATE-----
MIIBhTCCASugAwIBAgIUROd7mQwSxOqx7bWMEWwKrJpCQhEwCgYIKoZIzj0EAwIw
FTETMBEGA1UEAwwKa3ViZXJuZXRlczAeFw0yNTAxMDEwMDAwMDBaFw00OTEyMzEw
MDAwMDBaMBUxEzARBgNVBAMMCmt1YmVybmV0ZXMwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQqr9pdwuioNr3whz9SChF9mp/XAK7EAP+ia351LeWaRC1N3+IeFC7V
gjIVuY6ftNoBNDbq1Z8NC7w1M2ogyqQxo1kwVzAPBgNVHRMBAf8EBTADAQH/MA4G
A1UdDwEB/wQEAwICpDAdBgNVHQ4EFgQUTaBa4ZXb7YLF7lyzwr4kYxNoPxgwFQYD
VR0RBA4wDIIKa3ViZXJuZXRlczAKBggqhkjOPQQDAgNIADBFAiEApVFi9jz3whsI
taUDNsYpcfC5uk5F+SJvBeW6Zs2ZCfcCIG1SHh6YkNh57OoB3mOXxxqxMHd6g6sd
ULrCvepd9l/1
-----END CERTIFICATE-----
`;
