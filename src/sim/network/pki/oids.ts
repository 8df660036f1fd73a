/** Object identifiers by their meaning here; names as OpenSSL prints them. */
export const OID = {
  ecPublicKey: "1.2.840.10045.2.1",
  p256: "1.2.840.10045.3.1.7",
  p384: "1.3.132.0.34",
  ed25519: "1.3.101.112",
  rsaEncryption: "1.2.840.113549.1.1.1",
  extensionRequest: "1.2.840.113549.1.9.14",
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  authorityKeyIdentifier: "2.5.29.35",
  extendedKeyUsage: "2.5.29.37",
} as const;

export interface SignatureScheme {
  oid: string;
  name: string;
  key: "ec" | "ed25519" | "rsa";
  /** Of the message before it is signed; Ed25519 takes the message itself. */
  hash: "sha1" | "sha256" | "sha384" | "sha512";
}

export const SIGNATURES: SignatureScheme[] = [
  { oid: "1.2.840.113549.1.1.5", name: "sha1WithRSAEncryption", key: "rsa", hash: "sha1" },
  { oid: "1.2.840.113549.1.1.11", name: "sha256WithRSAEncryption", key: "rsa", hash: "sha256" },
  { oid: "1.2.840.113549.1.1.12", name: "sha384WithRSAEncryption", key: "rsa", hash: "sha384" },
  { oid: "1.2.840.113549.1.1.13", name: "sha512WithRSAEncryption", key: "rsa", hash: "sha512" },
  { oid: "1.2.840.10045.4.3.2", name: "ecdsa-with-SHA256", key: "ec", hash: "sha256" },
  { oid: "1.2.840.10045.4.3.3", name: "ecdsa-with-SHA384", key: "ec", hash: "sha384" },
  { oid: "1.2.840.10045.4.3.4", name: "ecdsa-with-SHA512", key: "ec", hash: "sha512" },
  { oid: "1.3.101.112", name: "ED25519", key: "ed25519", hash: "sha512" },
];

/** Attribute of a distinguished name -> short name. */
export const ATTRIBUTES: Record<string, string> = {
  "2.5.4.3": "CN",
  "2.5.4.4": "SN",
  "2.5.4.5": "serialNumber",
  "2.5.4.6": "C",
  "2.5.4.7": "L",
  "2.5.4.8": "ST",
  "2.5.4.9": "street",
  "2.5.4.10": "O",
  "2.5.4.11": "OU",
  "2.5.4.12": "title",
  "2.5.4.42": "GN",
  "0.9.2342.19200300.100.1.1": "UID",
  "0.9.2342.19200300.100.1.25": "DC",
  "1.2.840.113549.1.9.1": "emailAddress",
};

/** Bit of the keyUsage extension -> OpenSSL's name in openssl.cnf and its long name in print. */
export const KEY_USAGES: [name: string, printed: string][] = [
  ["digitalSignature", "Digital Signature"],
  ["nonRepudiation", "Non Repudiation"],
  ["keyEncipherment", "Key Encipherment"],
  ["dataEncipherment", "Data Encipherment"],
  ["keyAgreement", "Key Agreement"],
  ["keyCertSign", "Certificate Sign"],
  ["cRLSign", "CRL Sign"],
  ["encipherOnly", "Encipher Only"],
  ["decipherOnly", "Decipher Only"],
];

export const EXTENDED_KEY_USAGES: Record<string, { name: string; printed: string }> = {
  "1.3.6.1.5.5.7.3.1": { name: "serverAuth", printed: "TLS Web Server Authentication" },
  "1.3.6.1.5.5.7.3.2": { name: "clientAuth", printed: "TLS Web Client Authentication" },
  "1.3.6.1.5.5.7.3.3": { name: "codeSigning", printed: "Code Signing" },
  "1.3.6.1.5.5.7.3.4": { name: "emailProtection", printed: "E-mail Protection" },
  "1.3.6.1.5.5.7.3.8": { name: "timeStamping", printed: "Time Stamping" },
};
