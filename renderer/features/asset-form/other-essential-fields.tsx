import { SimpleGrid } from '@mantine/core';
import { FieldInput } from './field-input.tsx';
import { layoutOf } from './form-fields.ts';
import type { AssetForm } from './use-asset-form.ts';

type OtherEssentialFieldsProps = { readonly form: AssetForm['form']; readonly isNew: boolean };

/** What a licence, a consumable or a contract is known by. */
export function OtherEssentialFields({ form, isNew }: OtherEssentialFieldsProps) {
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" verticalSpacing="sm">
      {layoutOf(form.values.nature).essential.map((name) => (
        <FieldInput key={name} form={form} name={name} autoFocus={isNew && name === 'typeCode'} />
      ))}
    </SimpleGrid>
  );
}
