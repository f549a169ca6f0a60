/** The channel's name, as in `Address.channel`. */
export const telegramChannel = 'telegram';

/** Where Telegram delivers to when the webhook is on. */
export const webhookPath = '/telegram/webhook';
