import { memoryLogins } from '../../../src/backends/memory/logins.ts';
import { loginsContract } from '../../contracts/logins.ts';

loginsContract('memory', async () => memoryLogins());
