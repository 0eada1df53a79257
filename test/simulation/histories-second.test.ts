import { describeHistories } from './describe-histories.ts';

// Two files, so that two cores play them at once.
describeHistories(501, 500);
