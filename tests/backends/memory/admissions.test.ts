import { memoryAdmissions } from '../../../src/backends/memory/admissions.ts';
import { admissionsContract } from '../../contracts/admissions.ts';

admissionsContract('memory', async () => memoryAdmissions());
