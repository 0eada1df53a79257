import { domain } from './en/domain.ts';
import { errors } from './en/errors.ts';
import { common, gate, shell } from './en/shell.ts';
import { asset, assetForm, assetList, enrolment, importer, settings, sync } from './en/tasks.ts';
import type { Catalogue } from './fr.ts';

export const en: Catalogue = {
  asset,
  assetForm,
  assetList,
  common,
  domain,
  enrolment,
  errors,
  gate,
  importer,
  settings,
  shell,
  sync,
};
