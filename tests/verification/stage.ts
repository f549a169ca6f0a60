import { memoryAdmissions } from '../../src/backends/memory/admissions.ts';
import { keysFrom } from '../../src/backends/system/keys.ts';
import { systemRandom } from '../../src/backends/system/random.ts';
import { serverLog } from '../../src/commands/server-log.ts';
import { dayInJakarta } from '../../src/core/jamsostek/month.ts';
import { type Admissions, type Paper, Unavailable } from '../../src/core/services.ts';
import { httpServer, listen } from '../../src/http.ts';
import { openLog } from '../../src/log.ts';
import { verificationRoutes } from '../../src/verification/routes.ts';
import { verificationAt } from '../../src/verification/verification.ts';

/** Where a visitor's request comes from, by the proxy's word. */
export const home = '203.0.113.77';

/** The real server with the routes, on a port of this machine behind a proxy that is believed; time stands still. */
export class Stage {
  now = Date.parse('2026-11-30T10:00+07:00');
  /** False: the limits cannot be asked. */
  limitsUp = true;
  readonly logged: string[] = [];
  readonly #keys = keysFrom('a secret for tests only');
  readonly #app = httpServer({
    ready: {},
    log: serverLog(openLog('debug', { write: (line) => void this.logged.push(line) })),
    trustProxy: true,
  });
  #url = '';

  private constructor() {
    const limits = memoryAdmissions();
    const admissions: Admissions = {
      admit: async (asked, now) => {
        if (!this.limitsUp) throw new Unavailable('admissions');
        return limits.admit(asked, now);
      },
    };
    const clock = { now: () => this.now };
    this.#app.register(verificationRoutes({ keys: this.#keys, clock, random: systemRandom(), admissions }));
  }

  static async open(): Promise<Stage> {
    const stage = new Stage();
    stage.#url = await listen(stage.#app, { host: '127.0.0.1', port: 0 });
    return stage;
  }

  get url(): string {
    return this.#url;
  }

  /** The address that a paper made now has in its QR code. */
  addressOf(paper: Partial<Paper> = {}): string {
    const whole: Paper = { kind: 'card', initials: 'R. L.', day: dayInJakarta(this.now), ...paper };
    const address = verificationAt(this.#url, this.#keys).addressOf(whole, this.now);
    if (address === null) throw new Error('This paper has no address');
    return address;
  }

  get(address: string, from = home, method = 'GET'): Promise<Response> {
    return fetch(address, { method, headers: { 'x-forwarded-for': from } });
  }

  async close(): Promise<void> {
    await this.#app.close();
  }
}

/** The same address with the last letter of its token changed. */
export function forged(address: string): string {
  return address.slice(0, -1) + (address.endsWith('A') ? 'B' : 'A');
}
