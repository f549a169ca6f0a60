import type { Gateway } from '../gateway.ts';
import type { GatewaySettings } from '../settings.ts';
import { kannelGateway } from './kannel.ts';
import { templateGateway } from './template.ts';

/** The gateway that is set. It holds nothing: two of the same settings are as good as one. */
export function gatewayFor(settings: GatewaySettings): Gateway {
  return settings.kind === 'kannel' ? kannelGateway(settings) : templateGateway(settings);
}
