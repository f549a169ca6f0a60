import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { proto } from '@whiskeysockets/baileys';
import { expect, it } from 'vitest';
import { newNoiseIdentity } from './noise-identity.ts';
import { isSigned } from './signatures.ts';

const run = promisify(execFile);

it('has a chain of certificates that ends at its root, and at no other', () => {
  const { certificate, keys, root } = newNoiseIdentity();
  const { intermediate, leaf } = proto.CertChain.decode(certificate);
  const Details = proto.CertChain.NoiseCertificate.Details;
  const issuer = Details.decode(intermediate?.details ?? Buffer.alloc(0));
  const server = Details.decode(leaf?.details ?? Buffer.alloc(0));
  const nothing = Buffer.alloc(0);
  expect(isSigned(root, intermediate?.details ?? nothing, intermediate?.signature ?? nothing)).toBe(true);
  expect(isSigned(issuer.key ?? nothing, leaf?.details ?? nothing, leaf?.signature ?? nothing)).toBe(true);
  expect(Buffer.from(server.key ?? nothing).equals(keys.public)).toBe(true);
  const other = newNoiseIdentity().root;
  expect(isSigned(other, intermediate?.details ?? nothing, intermediate?.signature ?? nothing)).toBe(false);
});

it('is trusted by a process that was started with its root', async () => {
  const root = Buffer.alloc(32, 7).toString('base64');
  const preload = new URL('trust.ts', import.meta.url).href;
  const script = `import { WA_CERT_DETAILS } from '@whiskeysockets/baileys';
    process.stdout.write(WA_CERT_DETAILS.PUBLIC_KEY.toString('base64'));`;
  const read = async (env: NodeJS.ProcessEnv) => {
    const { stdout } = await run(process.execPath, ['--import', preload, '--input-type=module', '-e', script], { env });
    return stdout;
  };
  expect(await read({ ...process.env, FAKE_WHATSAPP_ROOT: root })).toBe(root);
  expect(await read(process.env)).not.toBe(root);
});

it('keeps libsignal from printing keys, and nobody else from printing', async () => {
  const quiet = new URL('quiet.ts', import.meta.url).href;
  const close = `new SessionRecord().closeSession({ indexInfo: { closed: -1 }, privKey: 'secret' });`;
  const start = `import { SessionRecord } from 'libsignal';`;
  const silenced = `${start} import { quietLibsignal } from '${quiet}'; quietLibsignal(); ${close} console.info('heard');`;
  const print = async (script: string) => {
    const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '-e', script]);
    return stdout + stderr;
  };
  expect(await print(`${start} ${close}`)).toContain('secret');
  expect(await print(silenced)).toBe('heard\n');
});
