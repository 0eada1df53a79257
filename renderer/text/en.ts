import { acts } from './en/acts.ts';
import { dashboard } from './en/dashboard.ts';
import { domain } from './en/domain.ts';
import { errors } from './en/errors.ts';
import { files } from './en/files.ts';
import { fleet } from './en/fleet.ts';
import { asAt, journal } from './en/journal.ts';
import { list } from './en/list.ts';
import { merge } from './en/merge.ts';
import { natures } from './en/natures.ts';
import { papers } from './en/papers.ts';
import { parcels } from './en/parcels.ts';
import { references } from './en/references.ts';
import { refusals } from './en/refusals.ts';
import { reviews } from './en/reviews.ts';
import { series } from './en/series.ts';
import { common, gate, shell } from './en/shell.ts';
import { snapshot } from './en/snapshot.ts';
import { asset, assetForm, assetList, enrolment, importer, settings, sync, traffic } from './en/tasks.ts';
import { transfers } from './en/transfers.ts';
import type { Catalogue } from './fr.ts';

export const en: Catalogue = {
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
