import { describeInitializer } from '@meanfield/testing';

import lecun from './index.js';

describeInitializer(lecun, { packageFile: new URL('./package.json', import.meta.url) });
