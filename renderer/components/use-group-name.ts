import { useCallback } from 'react';
import type { GroupField } from '#shared/protocol/asset-list.ts';
import { useDirectory } from '../store/directory.tsx';
import { useText } from '../text/use-text.ts';

/** What a group of assets is called; one without a value says so. */
export function useGroupName(): (field: GroupField, key: string) => string {
  const { t } = useText();
  const { nameStructure, nameSite, nameType } = useDirectory();
  return useCallback(
    (field, key) => {
      if (key === '') return t('list.group.unknown');
      switch (field) {
        case 'structureId':
          return nameStructure(key);
        case 'siteId':
          return nameSite(key);
        case 'typeCode':
          return nameType(key);
        case 'age':
          return t('list.group.age', { count: Number(key) });
        case 'missing':
          return t(`list.missing.${key}`, { defaultValue: key });
        case 'brand':
        case 'endYear':
          return key;
        default:
          return t(`domain.${field}.${key}`, { defaultValue: key });
      }
    },
    [t, nameStructure, nameSite, nameType],
  );
}
