/** Real X.509, synchronous and deterministic: made, parsed, printed and verified without the host's cryptography. */
export {
  type Certificate,
  type CertificateOptions,
  type CertificateRequest,
  certificatePem,
  colonHex,
  createCertificate,
  createCertificateRequest,
  keyMatchesCertificate,
  parseCertificate,
  parseCertificateRequest,
  parseCertificates,
} from "./certificate";
export { type ClusterPki, clusterPki } from "./cluster-pki";
export { commonName, type DistinguishedName, nameText, parseSubject } from "./distinguished-name";
export {
  generateKeyPair,
  type KeyPair,
  keyPair,
  type PrivateKey,
  type PublicKey,
  parsePrivateKey,
  parsePublicKey,
  traditionalKeyPem,
} from "./keys";
export { generateRsaKey } from "./rsa";
export { certificateText, keyText, requestText } from "./text";
export { hostMatches, signedBy, type VerifyOptions, type VerifyResult, verifyChain } from "./verify";
