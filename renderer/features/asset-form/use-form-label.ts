import type { Nature } from '#shared/schema/asset.ts';
import { useText } from '../../text/use-text.ts';
import type { FormField } from './form-values.ts';

/** What a field is called on the form of a nature: the maker of a licence is its publisher. */
export function useFormLabel(nature: Nature): (field: FormField) => string {
  const { t } = useText();
  return (field) => {
    if (field === 'brand' && nature === 'licence') return t('natures.field.publisher');
    if (field === 'model' && nature === 'licence') return t('natures.field.version');
    if (field === 'typeCode' && nature !== 'hardware') return t('natures.field.type');
    if (field === 'supplier' && nature === 'contract') return t('natures.field.provider');
    if (field === 'model' && nature === 'consumable') return t('natures.field.supplyReference');
    return t(`domain.field.${field}`);
  };
}
