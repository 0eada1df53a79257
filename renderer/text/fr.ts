import { acts } from './fr/acts.ts';
import { dashboard } from './fr/dashboard.ts';
import { domain } from './fr/domain.ts';
import { errors } from './fr/errors.ts';
import { files } from './fr/files.ts';
import { fleet } from './fr/fleet.ts';
import { asAt, journal } from './fr/journal.ts';
import { list } from './fr/list.ts';
import { merge } from './fr/merge.ts';
import { natures } from './fr/natures.ts';
import { papers } from './fr/papers.ts';
import { parcels } from './fr/parcels.ts';
import { references } from './fr/references.ts';
import { refusals } from './fr/refusals.ts';
import { reviews } from './fr/reviews.ts';
import { series } from './fr/series.ts';
import { common, gate, shell } from './fr/shell.ts';
import { snapshot } from './fr/snapshot.ts';
import { asset, assetForm, assetList, enrolment, importer, settings, sync, traffic } from './fr/tasks.ts';
import { transfers } from './fr/transfers.ts';

/** Every string the French reader sees. Shape and keys are the model of every other language. */
export const fr = {
  acts,
  asAt,
  asset,
  assetForm,
  assetList,
  common,
  dashboard,
  domain,
  enrolment,
  errors,
  files,
  gate,
  importer,
  journal,
  list,
  merge,
  natures,
  papers,
  parcels,
  references,
  refusals,
  reviews,
  series,
  settings,
  shell,
  sync,
  traffic,
  snapshot,
  transfers,
  fleet,
};

export type Catalogue = typeof fr;
