import { Route, Switch } from 'wouter';
import { PAPER_KINDS, type PaperKind } from '#shared/domain/lifecycle.ts';
import { paths } from '../../components/paths.ts';
import { CheckScreen } from './check-screen.tsx';
import { NewPaperScreen } from './new-paper-screen.tsx';
import { PaperScreen } from './paper-screen.tsx';
import { PapersScreen } from './papers-screen.tsx';
import { TemplateScreen } from './template-screen.tsx';
import { TemplatesScreen } from './templates-screen.tsx';

/** Every screen about papers, by its address. */
export function PapersRoutes() {
  return (
    <Switch>
      <Route path={paths.papers}>
        <PapersScreen />
      </Route>
      <Route path="/papers/asset/:id">{({ id }) => <PapersScreen assetId={id} />}</Route>
      <Route path={paths.newPaper}>
        <NewPaperScreen />
      </Route>
      <Route path={paths.newPaperOfDesktop}>
        <NewPaperScreen kind="sync-statement" />
      </Route>
      <Route path="/papers/new/:kind/act/:actId">
        {({ kind, actId }) => <NewPaperScreen key={`${kind} ${actId}`} kind={kindOf(kind)} actId={actId} />}
      </Route>
      <Route path="/papers/new/:kind/asset/:assetId">
        {({ kind, assetId }) => <NewPaperScreen key={`${kind} ${assetId}`} kind={kindOf(kind)} assetId={assetId} />}
      </Route>
      <Route path={paths.checkPaper} component={CheckScreen} />
      <Route path={paths.paperTemplates} component={TemplatesScreen} />
      <Route path="/papers/templates/:kind">
        {({ kind }) => <TemplateScreen key={kind} kind={kindOf(kind) ?? 'assignment-slip'} />}
      </Route>
      <Route path="/papers/:id">{({ id }) => <PaperScreen key={id} id={id} />}</Route>
    </Switch>
  );
}

function kindOf(name: string): PaperKind | undefined {
  return PAPER_KINDS.find((kind) => kind === name);
}
