import type { Content } from '../../core/inbound.ts';
import type { Language } from '../../core/language.ts';
import type { Reply } from '../../core/reply.ts';
import type { Bot, Intake, ShownSms } from '../bot.ts';

/** What the assistant says, as it comes. */
export interface View {
  readonly reply: (reply: Reply) => void;
  readonly sms: (sms: ShownSms) => void;
}

/** Where the conversation stands after a turn. */
export interface Standing {
  readonly state: string;
  readonly intent: string;
  readonly language: Language;
}

/** The rest of the program, as the one person at a terminal meets it. */
export interface Assistant {
  readonly intake: Intake;
  /** Resolves when everything taken has been answered, to where that led; before the first message, to the start. */
  settled(): Promise<Standing>;
  /** Moves the assistant's clock, in milliseconds. */
  advance(milliseconds: number): void;
}

const channel = 'terminal';

/** The bot whose only chat is the terminal that the program runs in. */
export function terminalBot(view: View): Bot {
  return {
    channel,
    send(_to, reply) {
      view.reply(reply);
      return Promise.resolve({ sent: true });
    },
  };
}

/** One person at the terminal. Their messages are handled one after the other. */
export interface Person {
  /** Resolves when it has been answered in full; null when it could not be taken. */
  does(content: Content, languageHint?: Language): Promise<Standing | null>;
}

/**
 * Seats a person. `seat` must differ from one run of the program to the next: in a lasting database, the same seat
 * with the same numbers would be the same messages again.
 */
export function personAt(seat: string, assistant: Assistant): Person {
  const from = { channel, chat: seat, sender: seat };
  const conversation = assistant.intake.conversationAt(from);
  let messages = 0;
  return {
    async does(content, languageHint) {
      messages += 1;
      const acceptance = await assistant.intake.accept({
        id: String(messages),
        conversation,
        from,
        content,
        private: true,
        local: true,
        ...(languageHint !== undefined && { languageHint }),
      });
      const standing = await assistant.settled();
      return acceptance === 'full' ? null : standing;
    },
  };
}
