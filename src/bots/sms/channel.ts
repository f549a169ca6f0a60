import type { Channel } from '../channel.ts';
import { smsChannel } from './names.ts';
import { gatewaySettings, readGateway, readWebhook, webhookSettings } from './settings.ts';

/** SMS, through the gateway that codes go through, too. On as soon as there is a secret for what the gateway brings. */
export const sms: Channel = {
  name: smsChannel,
  settings: Object.values(webhookSettings),
  configure(environment) {
    const webhook = readWebhook(environment);
    if (webhook === null) return null;
    // What is wrong with the gateway's own settings is told where they are read for codes.
    const gateway = readGateway({ ...environment, problem: () => undefined });
    if (gateway === null) {
      environment.problem(`${webhookSettings.SMS_WEBHOOK_SECRET.name} needs ${gatewaySettings.SMS_SEND_URL.name}.`);
      return null;
    }
    return async (world) => {
      const { openSms } = await import('./sms.ts');
      const { gatewayFor } = await import('./gateways/gateways.ts');
      return openSms({ ...webhook, gateway: gatewayFor(gateway) }, world);
    };
  },
};
