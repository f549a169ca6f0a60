import { memoryBreaker } from '../../../src/backends/memory/breaker.ts';
import { breakerContract } from '../../contracts/breaker.ts';

breakerContract('memory', async () => memoryBreaker());
