import { Curve, type KeyPair, proto } from '@whiskeysockets/baileys';

const NoiseDetails = proto.CertChain.NoiseCertificate.Details;

/** What a server proves itself with: its own key, and the chain of certificates that ends at a root. */
export interface NoiseIdentity {
  readonly keys: KeyPair;
  /** The chain as it travels in the handshake. */
  readonly certificate: Uint8Array;
  /** The root's public key: whoever trusts it trusts this server. */
  readonly root: Uint8Array;
}

/** A new root, and a server that it vouches for through an intermediate certificate, as the real one does. */
export function newNoiseIdentity(): NoiseIdentity {
  const root = Curve.generateKeyPair();
  const intermediate = Curve.generateKeyPair();
  const keys = Curve.generateKeyPair();
  const certificate = proto.CertChain.encode({
    intermediate: signed(root, { serial: 1, issuerSerial: 0, key: intermediate.public }),
    leaf: signed(intermediate, { serial: 2, issuerSerial: 1, key: keys.public }),
  }).finish();
  return { keys, certificate, root: root.public };
}

function signed(issuer: KeyPair, about: proto.CertChain.NoiseCertificate.IDetails): proto.CertChain.INoiseCertificate {
  const details = NoiseDetails.encode(about).finish();
  return { details, signature: Curve.sign(issuer.private, details) };
}
