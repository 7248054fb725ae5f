import { describeInitializer } from '@meanfield/testing';

import triangular from './index.js';

// Not Gaussian: fourth moments agree with the declared statistics only as the fan-in grows
const packageFile = new URL('./package.json', import.meta.url);
describeInitializer(triangular, { packageFile, gaussian: false });
