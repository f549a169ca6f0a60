/** The channel's name, as in `Address.channel`. */
export const smsChannel = 'sms';

/** Where the gateway brings texts. */
export const messagesPath = '/sms/messages';

/** Where it reports what became of those that it took. */
export const reportsPath = '/sms/reports';
