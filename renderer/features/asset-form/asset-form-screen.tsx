import { Button } from '@mantine/core';
import { IconFileOff, IconLock } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { map } from 'rxjs';
import { Link } from 'wouter';
import { isAllowed, type Permission } from '#shared/domain/roles.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { paths } from '../../components/paths.ts';
import { EmptyScreen, LoadingScreen } from '../../components/screen-state.tsx';
import { useDirectory } from '../../store/directory.tsx';
import { useSession } from '../../store/session.tsx';
import { useLiveQuery } from '../../store/use-live-query.ts';
import { useText } from '../../text/use-text.ts';
import { AssetForm } from './asset-form.tsx';
import { FORM_NATURES } from './form-fields.ts';
import { SeriesForm } from './series-screen.tsx';

/** A new asset, maybe like another one. */
export function NewAssetScreen({ likeId, nature }: { readonly likeId?: string; readonly nature?: string }) {
  const known = FORM_NATURES.find((name) => name === nature) ?? 'hardware';
  return (
    <Allowed permission="asset.create">
      {likeId === undefined ? (
        <AssetForm key={known} nature={known} />
      ) : (
        <WithAsset id={likeId}>{(asset) => <AssetForm key={likeId} like={asset} />}</WithAsset>
      )}
    </Allowed>
  );
}

/** Equal assets that came together, maybe like another one. */
export function NewSeriesScreen({ likeId }: { readonly likeId?: string }) {
  return (
    <Allowed permission="asset.create">
      {likeId === undefined ? (
        <SeriesForm />
      ) : (
        <WithAsset id={likeId}>{(asset) => <SeriesForm key={likeId} like={asset} />}</WithAsset>
      )}
    </Allowed>
  );
}

export function EditAssetScreen({ id }: { readonly id: string }) {
  return (
    <Allowed permission="asset.update">
      <WithAsset id={id}>{(asset) => <FrozenForm key={id} asset={asset} />}</WithAsset>
    </Allowed>
  );
}

function Allowed({ permission, children }: { readonly permission: Permission; readonly children: ReactNode }) {
  const { identity } = useSession();
  const { isReady } = useDirectory();
  if (!identity) return <NotEnrolled />;
  if (!isAllowed(identity.person.role, permission)) return <Forbidden />;
  return isReady ? children : <LoadingScreen />;
}

function WithAsset({ id, children }: { readonly id: string; readonly children: (asset: Asset) => ReactNode }) {
  const { t } = useText();
  const live = useLiveQuery(id, (database) =>
    database.assets.findOne(id).$.pipe(map((document) => (document ? document.toJSON() : null))),
  );
  if (live.state === 'error') return <ErrorAlert error={live.error} />;
  if (live.state === 'loading') return <LoadingScreen />;
  if (!live.value) {
    return (
      <EmptyScreen icon={<IconFileOff />} title={t('asset.notFound.title')} text={t('asset.notFound.text')}>
        <Button component={Link} href={paths.assets} variant="default">
          {t('asset.backToList')}
        </Button>
      </EmptyScreen>
    );
  }
  return children(live.value);
}

/** The form compares with the record as it was when it opened: what arrives meanwhile is not undone by saving. */
function FrozenForm({ asset }: { readonly asset: Asset }) {
  const [opened] = useState(asset);
  return <AssetForm asset={opened} />;
}

function NotEnrolled() {
  const { t } = useText();
  return (
    <EmptyScreen
      icon={<IconLock />}
      title={t('errors.COMMAND_NOT_ENROLLED.title')}
      text={t('errors.COMMAND_NOT_ENROLLED.todo')}
    >
      <Button component={Link} href={paths.enrolment}>
        {t('enrolment.title')}
      </Button>
    </EmptyScreen>
  );
}

function Forbidden() {
  const { t } = useText();
  return (
    <EmptyScreen icon={<IconLock />} title={t('errors.COMMAND_FORBIDDEN.title')} text={t('assetForm.forbidden')} />
  );
}
