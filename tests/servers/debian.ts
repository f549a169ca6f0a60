import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const cache = join(import.meta.dirname, '..', '..', '.cache');

/**
 * Fetches a package and what it needs and is missing here, with lists and a cache of its own: so it needs no root, and
 * nothing is installed or started. Test files run side by side: the lock lets one of them fetch while the others wait,
 * then find it there.
 */
const fetching = `
set -e
cd "$0"
test -e unpacked && exit
mkdir -p lists/partial archives/partial
apt='apt-get -qq -o Debug::NoLocking=1 -o APT::Sandbox::User='$(id -un)' -o Dir::State::lists='$0'/lists -o Dir::Cache='$0
$apt update
$apt install -y --download-only --no-install-recommends "$1"
for package in archives/*.deb; do dpkg -x "$package" root; done
rm -r lists archives
touch unpacked
`;

/** The folder that a Debian package is unpacked in, once, in `.cache`; null where that can't be done. */
export function unpacked(name: string): string | null {
  if (!existsSync('/etc/debian_version')) return null;
  const folder = join(cache, name);
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, 'unpacked'))) process.stderr.write(`Setting up: ${name} from Debian (once) …\n`);
  const apt = spawnSync('flock', [join(folder, 'lock'), 'sh', '-c', fetching, folder, name], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    encoding: 'utf8',
  });
  if (apt.status === 0) return join(folder, 'root');
  process.stderr.write(`Setting up ${name} failed:\n${apt.stderr}\n`);
  return null;
}

/** What tests need is not here: one line that says what to install, after which they are skipped; an error under CI. */
export function missing(advice: string): null {
  if ((process.env['CI'] ?? '') !== '') throw new Error(advice);
  process.stderr.write(`Skipped: ${advice}\n`);
  return null;
}
