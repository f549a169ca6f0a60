import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A certificate for loopback that vouches for itself, as PEM, and where it lies for a process that shall trust it. */
export interface Certificate {
  readonly key: string;
  readonly certificate: string;
  /** For NODE_EXTRA_CA_CERTS of a process that shall send and read files. */
  readonly path: string;
  remove(): Promise<void>;
}

/** Makes a certificate by the openssl program. Throws, and says so, where there is none. */
export async function makeCertificate(): Promise<Certificate> {
  const folder = await mkdtemp(join(tmpdir(), 'fake-whatsapp-'));
  const keyPath = join(folder, 'key.pem');
  const path = join(folder, 'certificate.pem');
  const remove = () => rm(folder, { recursive: true, force: true });
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const about = ['-days', '30', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  try {
    await promisify(execFile)('openssl', [...request, ...about, '-keyout', keyPath, '-out', path]);
    return { key: await readFile(keyPath, 'utf8'), certificate: await readFile(path, 'utf8'), path, remove };
  } catch (cause) {
    await remove();
    throw new Error('Media need a certificate, and the openssl program could not make one.', { cause });
  }
}
