import { FakeOperator } from '../fakes/sms/operator.ts';
import { shortNumber } from '../fakes/sms/phone.ts';
import { type Kannel, startKannel } from '../servers/kannel.ts';
import { type PostgresServer, startPostgres } from '../servers/postgres.ts';
import { type Product, startProduct } from '../servers/product.ts';
import { type RedisServer, startRedis } from '../servers/redis.ts';
import { Relay } from './sms-relay.ts';

const webhookSecret = 'what-the-gateway-shows';

/** What the program digests with. */
export const secretKey = 'a secret for tests only, long enough';

/** The whole way from telephones to the program and back, every station of it a process or a server of its own. */
export class SmsRig {
  readonly operator: FakeOperator;
  readonly kannel: Kannel;
  /** What the gateway asks of the program, and what the program asks of the gateway. */
  readonly toUs: Relay;
  readonly toGateway: Relay;
  readonly #env: Readonly<Record<string, string>>;
  readonly #close: () => Promise<void>;
  #program: Product | null = null;
  #said = '';

  private constructor(parts: {
    readonly operator: FakeOperator;
    readonly kannel: Kannel;
    readonly toUs: Relay;
    readonly toGateway: Relay;
    readonly env: Readonly<Record<string, string>>;
    readonly close: () => Promise<void>;
  }) {
    ({ operator: this.operator, kannel: this.kannel, toUs: this.toUs, toGateway: this.toGateway } = parts);
    this.#env = parts.env;
    this.#close = parts.close;
  }

  /** All of it is up when this resolves, in some six seconds, with the demo members in the database. */
  static async open(): Promise<SmsRig> {
    const opened: (() => Promise<void>)[] = [];
    const close = async () => {
      for (const each of opened.toReversed()) await each();
    };
    try {
      const redis = await startRedis({ appendfsync: 'everysec' });
      opened.push(() => redis.stop());
      const postgres = await startPostgres();
      opened.push(() => postgres.stop());
      const operator = await FakeOperator.start();
      opened.push(() => operator.close());
      const toUs = await Relay.open();
      opened.push(() => toUs.close());
      const kannel = await startKannel({ operator, webhook: { url: toUs.url, secret: webhookSecret } });
      opened.push(() => kannel.stop());
      const sendUrl = new URL(kannel.sendUrl);
      const toGateway = await Relay.open(sendUrl.origin);
      opened.push(() => toGateway.close());
      const env = await envOf({ redis, postgres, kannel, toUs, sendUrl: `${toGateway.url}${sendUrl.pathname}` });
      const rig = new SmsRig({ operator, kannel, toUs, toGateway, env, close });
      opened.push(() => rig.killProgram());
      await rig.startProgram();
      return rig;
    } catch (error) {
      await close();
      throw error;
    }
  }

  /** As a crash: nothing is finished. */
  async killProgram(): Promise<void> {
    const program = this.#program;
    if (program === null) return;
    this.#program = null;
    this.toUs.target = null;
    const { stderr, stdout } = await program.stop('SIGKILL');
    this.#said += `${stderr}\n${stdout}\n`;
  }

  /** With the same settings, at whatever port is free; ready when it resolves. */
  async startProgram(): Promise<void> {
    this.#program = await startProduct(this.#env);
    this.toUs.target = this.#program.url;
  }

  /** What all starts of the program have logged, and shown on the screen. */
  said(): string {
    return `${this.#said}${this.#program?.log() ?? ''}\n${this.#program?.screen() ?? ''}`;
  }

  /** Milliseconds for which nothing has passed between the gateway and the program. */
  get quietFor(): number {
    return performance.now() - Math.max(this.toUs.lastAt, this.toGateway.lastAt);
  }

  close(): Promise<void> {
    return this.#close();
  }
}

async function envOf(parts: {
  readonly redis: RedisServer;
  readonly postgres: PostgresServer;
  readonly kannel: Kannel;
  readonly toUs: Relay;
  readonly sendUrl: string;
}): Promise<Readonly<Record<string, string>>> {
  return {
    DATABASE_URL: await parts.postgres.createDatabase(),
    REDIS_URL: parts.redis.url,
    SECRET_KEY: secretKey,
    DEMO: 'on',
    LOG_LEVEL: 'debug',
    SMS_SEND_URL: parts.sendUrl,
    SMS_USERNAME: parts.kannel.username,
    SMS_PASSWORD: parts.kannel.password,
    SMS_SENDER: shortNumber,
    SMS_WEBHOOK_SECRET: webhookSecret,
    SMS_WEBHOOK_URL: parts.toUs.url,
  };
}
