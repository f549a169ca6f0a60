/** SMPP 3.4. The package comes without types; these are of what the fake operator uses. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Server as NetServer } from 'node:net';

  /** What every packet has. */
  export interface Pdu {
    readonly command_status: number;
    /** The answer to it. */
    response(fields?: { command_status?: number; message_id?: string; system_id?: string }): Pdu;
  }

  export interface BindPdu extends Pdu {
    readonly system_id: string;
    readonly password: string;
  }

  /** A text for a telephone. */
  export interface SubmitPdu extends Pdu {
    readonly source_addr: string;
    readonly destination_addr: string;
    readonly esm_class: number;
    readonly data_coding: number;
    readonly registered_delivery: number;
    /** A date where one is given. */
    readonly validity_period: unknown;
    /** As it came, header included, once the package's own reading of it is switched off. */
    readonly short_message: Buffer;
  }

  /** A text from a telephone, or a delivery receipt. */
  export interface DeliverFields {
    readonly source_addr_ton: number;
    readonly source_addr_npi: number;
    readonly source_addr: string;
    readonly destination_addr: string;
    readonly esm_class: number;
    readonly data_coding: number;
    readonly short_message: Buffer;
    readonly receipted_message_id?: string;
    readonly message_state?: number;
  }

  export interface Session extends EventEmitter {
    on(event: 'bind_transceiver', listener: (pdu: BindPdu) => void): this;
    on(event: 'submit_sm', listener: (pdu: SubmitPdu) => void): this;
    on(event: 'enquire_link' | 'unbind', listener: (pdu: Pdu) => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
    on(event: 'close', listener: () => void): this;
    send(pdu: Pdu): boolean;
    deliver_sm(fields: DeliverFields, answered: (answer: Pdu) => void): boolean;
    close(): void;
    destroy(): void;
  }

  export interface Server extends NetServer {
    on(event: 'session', listener: (session: Session) => void): this;
  }

  const smpp: {
    createServer(): Server;
    /** How each command is read and written. */
    readonly commands: { readonly submit_sm: { readonly params: { readonly short_message: { filter?: object } } } };
    readonly errors: Readonly<Record<'ESME_ROK' | 'ESME_RINVPASWD' | 'ESME_RTHROTTLED' | 'ESME_RINVDSTADR', number>>;
  };
  export default smpp;
}
