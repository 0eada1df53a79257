import type { ComboboxItem, OptionsFilter } from '@mantine/core';
import { fold } from '#shared/domain/fold.ts';
import { matchesSearch } from '../store/tree.ts';

/** Filters the options of a select without regard to case and accents, by the beginnings of words. */
export const foldedFilter: OptionsFilter = ({ options, search, limit }) =>
  // Selects of this program have no groups.
  (options as ComboboxItem[]).filter(({ label }) => matchesSearch(fold(label), search)).slice(0, limit);
