import { expect, it } from 'vitest';
import { z } from 'zod';
import { screenSms } from '../../../src/backends/sms/screen.ts';
import type { ShownSms } from '../../../src/bots/bot.ts';
import type { ConversationId } from '../../../src/core/inbound.ts';
import { phoneSchema } from '../../../src/core/jamsostek/phone.ts';

it('shows an SMS with its number and the conversation that it belongs to', async () => {
  const shown: ShownSms[] = [];
  const phone = phoneSchema.parse('+6284000001000');
  const conversation = z.custom<ConversationId>().parse('c');
  expect(await screenSms((sms) => shown.push(sms))(phone, 'Kode', conversation, 'turn/0')).toEqual({ sent: true });
  expect(shown).toEqual([{ conversation, phone, text: 'Kode' }]);
});
