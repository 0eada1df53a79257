import type { Asset } from '#shared/schema/asset.ts';
import { DepreciationSection } from './depreciation-section.tsx';
import { LinksSection } from './hardware-sections.tsx';
import { InterventionSection } from './intervention-section.tsx';
import { LicenceKeySection } from './licence-key-section.tsx';
import { CoveredSection, SeatsSection } from './licence-sections.tsx';
import { StockSection } from './stock-section.tsx';

type AssetProps = { readonly asset: Asset };

/** What one comes for on the record of a licence, a consumable or a contract: before everything written down. */
export function LeadingSections({ asset }: AssetProps) {
  switch (asset.nature) {
    case 'licence':
      return (
        <>
          <SeatsSection asset={asset} />
          <LicenceKeySection asset={asset} />
        </>
      );
    case 'consumable':
      return <StockSection asset={asset} />;
    case 'contract':
      return <CoveredSection asset={asset} />;
    default:
      return null;
  }
}

/** What belongs to a piece of equipment, below what it is. */
export function HardwareSections({ asset }: AssetProps) {
  if (asset.nature !== 'hardware') return null;
  return (
    <>
      <LinksSection asset={asset} />
      <InterventionSection assetId={asset.id} />
      <DepreciationSection asset={asset} />
    </>
  );
}
