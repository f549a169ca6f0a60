import { once } from 'node:events';
import smpp, { type BindPdu, type DeliverFields, type Server, type Session, type SubmitPdu } from 'smpp';
import { z } from 'zod';
import { FakePhone } from './phone.ts';
import { type Report, receiptFor } from './receipt.ts';
import { type Submission, submissionIn } from './submission.ts';

/**
 * What the operator does with a message: takes it; takes it, but its answer never arrives; refuses it because there are
 * too many, or because it knows no such number.
 */
export type Treatment = 'take' | 'take silently' | 'throttle' | 'reject';

const { ESME_ROK, ESME_RINVPASWD, ESME_RTHROTTLED, ESME_RINVDSTADR } = smpp.errors;

// The package would read each part on its own, and so lose a character that is cut by the border of two.
delete smpp.commands.submit_sm.params.short_message.filter;

const addressSchema = z.object({ port: z.number() });

/** How the operator behaves in time. */
export interface OperatorOptions {
  /** Its clock, in milliseconds since 1970. */
  readonly now?: () => number;
}

/**
 * A mobile operator on loopback, which a gateway binds to by SMPP 3.4 as a transceiver, and the telephones of its
 * network.
 *
 * ```ts
 * const operator = await FakeOperator.start();
 * const siti = operator.phone('+6284000012345');
 * // Once a gateway is bound at operator.port with its account:
 * await siti.says('SALDO');
 * const texts = siti.read();
 * ```
 */
export class FakeOperator {
  /** What a gateway binds with. */
  readonly account = { username: 'kannel', password: 'op3rator' } as const;
  readonly port: number;
  /** What becomes of each message; it is taken unless told otherwise. */
  treat: (submission: Submission) => Treatment = () => 'take';
  /** What receipts say of messages that were taken and want one; null for no receipts. */
  report: Report | null = 'DELIVRD';
  /** Every message that a gateway handed over, the refused ones too. */
  readonly submissions: Submission[] = [];
  readonly #server: Server;
  readonly #now: () => number;
  readonly #phones = new Map<string, FakePhone>();
  readonly #sessions = new Set<Session>();
  #bound: Session | null = null;
  #binding = Promise.withResolvers<void>();

  private constructor(server: Server, port: number, { now = Date.now }: OperatorOptions) {
    this.#server = server;
    this.port = port;
    this.#now = now;
    server.on('session', (session) => this.#welcome(session));
  }

  static async start(options: OperatorOptions = {}): Promise<FakeOperator> {
    const server = smpp.createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FakeOperator(server, addressSchema.parse(server.address()).port, options);
  }

  /** The telephone with this number; written with or without a plus, it is the same one. */
  phone(number: string): FakePhone {
    const digits = number.replaceAll(/\D/g, '');
    const phone = this.#phones.get(digits) ?? new FakePhone(digits, (fields) => this.#deliver(fields));
    this.#phones.set(digits, phone);
    return phone;
  }

  /** Resolves when a gateway is bound; at once when one is. */
  bound(): Promise<void> {
    return this.#binding.promise;
  }

  /** Sends a receipt: again, late, or a contradicting one. The gateway's answer; rejects when none is bound. */
  sendReceipt(submission: Submission, report: Report): Promise<number> {
    return this.#deliver(receiptFor(submission, report, this.#now()));
  }

  /** Drops the binding, and refuses connections until it comes up. */
  async goDown(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const session of this.#sessions) {
      session.destroy();
      this.#part(session);
    }
    await closed;
  }

  /** Takes connections again, at the same port. */
  async comeUp(): Promise<void> {
    if (this.#server.listening) return;
    this.#server.listen(this.port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  close(): Promise<void> {
    return this.goDown();
  }

  /** A gateway has connected. */
  #welcome(session: Session): void {
    this.#sessions.add(session);
    // One for each answer that is waited for.
    session.setMaxListeners(0);
    // A connection that breaks is closed as well, and that is what counts.
    session.on('error', () => undefined);
    session.on('close', () => this.#part(session));
    session.on('bind_transceiver', (pdu) => this.#bind(session, pdu));
    session.on('enquire_link', (pdu) => void session.send(pdu.response()));
    session.on('unbind', (pdu) => {
      session.send(pdu.response());
      session.close();
    });
    session.on('submit_sm', (pdu) => this.#take(session, pdu));
  }

  #bind(session: Session, pdu: BindPdu): void {
    if (pdu.system_id !== this.account.username || pdu.password !== this.account.password) {
      session.send(pdu.response({ command_status: ESME_RINVPASWD }));
      session.close();
      return;
    }
    session.send(pdu.response({ system_id: 'operator' }));
    this.#bound = session;
    this.#binding.resolve();
  }

  #part(session: Session): void {
    this.#sessions.delete(session);
    if (this.#bound !== session) return;
    this.#bound = null;
    this.#binding = Promise.withResolvers();
  }

  #take(session: Session, pdu: SubmitPdu): void {
    const submission = submissionIn(pdu, `M${this.submissions.length + 1}`, this.#now());
    this.submissions.push(submission);
    const treatment = this.treat(submission);
    if (treatment === 'throttle') return void session.send(pdu.response({ command_status: ESME_RTHROTTLED }));
    if (treatment === 'reject') return void session.send(pdu.response({ command_status: ESME_RINVDSTADR }));
    if (treatment === 'take') session.send(pdu.response({ command_status: ESME_ROK, message_id: submission.id }));
    this.phone(submission.to).receive(submission);
    if (submission.wantsReceipt && this.report !== null) void this.#report(submission, this.report);
  }

  /** A receipt that is owed is kept until a gateway has taken it. */
  async #report(submission: Submission, report: Report): Promise<void> {
    try {
      await this.bound();
      await this.sendReceipt(submission, report);
    } catch {
      await this.#report(submission, report);
    }
  }

  #deliver(fields: DeliverFields): Promise<number> {
    const session = this.#bound;
    if (session === null) return Promise.reject(new Error('No gateway is bound.'));
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const gone = () => reject(new Error('The gateway went before it answered.'));
    session.once('close', gone);
    session.deliver_sm(fields, ({ command_status }) => {
      session.off('close', gone);
      resolve(command_status);
    });
    return promise;
  }
}
