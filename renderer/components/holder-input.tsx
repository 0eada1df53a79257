import { Autocomplete, type AutocompleteProps, Text } from '@mantine/core';
import { useMemo, useRef } from 'react';
import { map } from 'rxjs';
import { compact, fold } from '#shared/domain/fold.ts';
import { isAllowed } from '#shared/domain/roles.ts';
import type { Agent } from '#shared/schema/agent.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { useDirectory } from '../store/directory.tsx';
import { useSession } from '../store/session.tsx';
import { matchesSearch } from '../store/tree.ts';
import { useCommand } from '../store/use-command.ts';
import { readyValue, useLiveQuery } from '../store/use-live-query.ts';
import { useQuestion } from '../store/use-question.ts';
import { useText } from '../text/use-text.ts';
import { useNotify } from './use-notify.ts';

/** Where a holder usually is: what their other assets, or their own row, say. */
export type HolderPlace = Pick<Asset, 'structureId' | 'siteId' | 'room'>;

type HolderInputProps = Omit<AutocompleteProps, 'data' | 'filter' | 'onOptionSubmit' | 'onChange' | 'value'> & {
  readonly value: string;
  /** The name, and the row of `agents` where one was chosen; a name typed freely comes without. */
  readonly onChange: (name: string, holderId: string | undefined) => void;
  /** A holder of the register was chosen. */
  readonly onKnown?: (place: HolderPlace) => void;
  /** Offers to make a holder of a name that is none yet. */
  readonly mayAdd?: boolean;
};

/** Assets looked through for holders; the same holder has several. */
const LOOKED_THROUGH = 60;
const SHOWN = 8;
const ADD = 'add';

type Proposal = {
  readonly value: string;
  readonly label: string;
  readonly details: string;
  readonly holderId?: string;
  readonly place?: HolderPlace | undefined;
};

/**
 * Who holds something: holders and names in use are proposed as one types, so that one person keeps one name. A name that
 * is nobody's stays as it is typed.
 */
export function HolderInput({ value, onChange, onKnown, mayAdd = false, error, ...props }: HolderInputProps) {
  const { t } = useText();
  const { proposals, isHolder } = useProposals(value);
  const { identity } = useSession();
  const add = useAddHolder();
  /** What was just chosen: the field reports its name right after. */
  const chosen = useRef<Proposal>(undefined);
  const name = value.trim();
  const isAddable =
    mayAdd && name.length > 2 && !isHolder && identity !== null && isAllowed(identity.person.role, 'agent.update');
  const data = [...proposals, ...(isAddable ? [{ value: ADD, label: name }] : [])];

  const submit = (option: string) => {
    if (option === ADD) {
      void add.run(name).then((holderId) => holderId && onChange(name, holderId));
      return;
    }
    const proposal = proposals.find((known) => known.value === option);
    chosen.current = proposal;
    if (proposal?.place) onKnown?.(proposal.place);
  };
  return (
    <Autocomplete
      maxLength={150}
      autoComplete="off"
      value={value}
      data={data.map(({ value: option, label }) => ({ value: option, label }))}
      filter={({ options }) => options}
      onChange={(text) => {
        const isChosen = chosen.current?.label === text;
        onChange(text, isChosen ? chosen.current?.holderId : undefined);
        chosen.current = undefined;
      }}
      onOptionSubmit={submit}
      renderOption={({ option }) =>
        option.value === ADD ? (
          <Text fz="sm">{t('references.holder.add', { name })}</Text>
        ) : (
          <ProposalText proposal={proposals.find((known) => known.value === option.value)} />
        )
      }
      error={error || (add.hasFailed && t('references.holder.notAdded'))}
      {...props}
    />
  );
}

function ProposalText({ proposal }: { readonly proposal: Proposal | undefined }) {
  return (
    <div>
      <Text fz="sm">{proposal?.label}</Text>
      {proposal?.details && (
        <Text fz="xs" c="dimmed">
          {proposal.details}
        </Text>
      )}
    </div>
  );
}

function useAddHolder() {
  const { t } = useText();
  const notify = useNotify();
  const { run, error } = useCommand('saveAgent');
  return {
    hasFailed: error !== undefined,
    run: async (name: string) => {
      const saved = await run({ name, active: true });
      if (saved) notify(t('references.holder.added', { name }));
      return saved?.id;
    },
  };
}

/** Holders first, then names that assets have and no holder. */
function useProposals(value: string): { readonly proposals: readonly Proposal[]; readonly isHolder: boolean } {
  const { structures } = useDirectory();
  const assets = useKnownHolders(value);
  const agents = readyValue(
    useLiveQuery('holders', (database) =>
      database.agents.find({ sort: [{ name: 'asc' }] }).$.pipe(map((rows) => rows.map((row) => row.toJSON()))),
    ),
  );
  return useMemo(() => {
    const active = (agents ?? []).filter((agent) => agent.active);
    const nameOf = (agent: Agent) => structures.byId.get(agent.structureId ?? '');
    const found = active.filter((agent) => matchesHolder(agent, nameOf(agent)?.acronym, value)).slice(0, SHOWN);
    const names = new Set(active.map(({ name }) => fold(name)));
    const ofAgents = found.map((agent): Proposal => {
      const structure = nameOf(agent);
      const details = [agent.payrollNumber, agent.position, structure?.acronym ?? structure?.name];
      return {
        value: agent.id,
        label: agent.name,
        details: details.filter(Boolean).join(' · '),
        holderId: agent.id,
        place: assets.get(agent.name) ?? (agent.structureId ? { structureId: agent.structureId } : undefined),
      };
    });
    const others = [...assets]
      .filter(([name]) => !names.has(fold(name)) && matchesSearch(fold(name), value))
      .slice(0, Math.max(0, SHOWN - found.length))
      .map(([name, place]): Proposal => ({ value: `name ${name}`, label: name, details: '', place }));
    return { proposals: [...ofAgents, ...others], isHolder: names.has(fold(value)) };
  }, [agents, assets, structures, value]);
}

function matchesHolder({ name, payrollNumber }: Agent, acronym: string | undefined, search: string): boolean {
  if (matchesSearch(fold(`${name} ${acronym ?? ''}`), search)) return true;
  const number = compact(search);
  return number !== '' && compact(payrollNumber ?? '').startsWith(number);
}

/** Holders by name, with the asset of theirs that was found first. */
function useKnownHolders(text: string): ReadonlyMap<string, Asset> {
  const typed = text.trim();
  const filter = typed ? { text: typed } : {};
  const found = readyValue(useQuestion('findAssets', { filter, offset: 0, limit: LOOKED_THROUGH }));
  const ids = found?.ids ?? [];
  const assets = readyValue(
    useLiveQuery(ids.length > 0 ? ids.join() : undefined, (database) =>
      database.assets
        .findByIds([...ids])
        .$.pipe(map((documents) => ids.flatMap((id) => documents.get(id)?.toJSON() ?? []))),
    ),
  );
  return useMemo(() => {
    const holders = new Map<string, Asset>();
    for (const asset of assets ?? []) {
      if (asset.holderKind === 'agent' && asset.holderName && !holders.has(asset.holderName)) {
        holders.set(asset.holderName, asset);
      }
    }
    return holders;
  }, [assets]);
}
