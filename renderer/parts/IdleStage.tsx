import { lazy, Suspense } from 'react';
import type { Snapshot } from '../../shared/ipc/snapshot';
import { EmptyState } from './EmptyState';

/** Shown once in a profile's life. */
const FirstRunPanel = lazy(async () => {
  const { FirstRunPanel: panel } = await import('./firstRun/FirstRunPanel');
  return { default: panel };
});

/** The stage while there is no call and nothing has failed. */
export function IdleStage({ snapshot }: { snapshot: Snapshot }) {
  const { firstRun } = snapshot;
  if (firstRun?.stage !== 'open') return <EmptyState snapshot={snapshot} />;
  return (
    <Suspense>
      <FirstRunPanel snapshot={snapshot} firstRun={firstRun} />
    </Suspense>
  );
}
