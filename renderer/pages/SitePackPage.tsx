// Site packs: plans out to another laptop, results back in, and a person's choice where two results differ.
import { Button, MessageBar, MessageBarBody, makeStyles, Spinner } from '@fluentui/react-components'
import { ArrowImportRegular, ArrowLeftRegular, BoxArrowUpRegular, BoxRegular } from '@fluentui/react-icons'
import { useEffect, useState } from 'react'
import type { PackTaken } from '../../shared/contract/packs.ts'
import { asked } from '../bridge.ts'
import { useNotice } from '../noticeStore.ts'
import { usePacks } from '../packStore.ts'
import { Card } from '../parts/Card.tsx'
import { ConflictCard } from '../parts/packs/Conflicts.tsx'
import { InstallationCard } from '../parts/packs/InstallationCard.tsx'
import { OpenDialog } from '../parts/packs/OpenDialog.tsx'
import { SaveDialog } from '../parts/packs/SaveDialog.tsx'
import { Title } from '../parts/Title.tsx'
import { usePlace } from '../placeStore.ts'
import { counted, draftName } from '../words.ts'

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', gap: '14px', width: '100%', maxWidth: '960px', margin: '0 auto' },
  columns: {
    display: 'grid',
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    gap: '12px',
    '@media (max-width: 820px)': { gridTemplateColumns: 'minmax(0, 1fr)' }
  },
  // At the foot of both cards, however many lines stand above.
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px', marginTop: 'auto' },
  line: { margin: 0 }
})

/** What a pack brought, in a sentence. */
function takenWords(taken: PackTaken): string {
  if (taken.kind === 'site') {
    const computers = taken.drafts.reduce((sum, draft) => sum + draft.computers, 0)
    const came =
      taken.drafts.length === 0
        ? 'Nothing new came in.'
        : `${counted(taken.drafts.length, 'draft')} with ${counted(computers, 'computer')} came in; they are on the start page.`
    const stays = taken.already.length === 0 ? '' : ` Here already, and left as they are: ${taken.already.join(', ')}.`
    return came + stays
  }
  const { results, news, taken: shown, conflicts, working } = taken
  const parts = [
    `${counted(results, 'result')} in the pack, ${news} new.`,
    `${counted(shown, 'computer')} changed here.`,
    ...(conflicts > 0 ? [`${counted(conflicts, 'computer needs', 'computers need')} a choice.`] : []),
    ...(working > 0
      ? [`${counted(working, 'computer is', 'computers are')} in work here and looked at again later.`]
      : [])
  ]
  return parts.join(' ')
}

/** The two ways out, as dialogs over the page. */
function Saving({ what, onEnd }: { readonly what: 'site' | 'return'; onEnd(): void }) {
  const drafts = usePlace((state) => state.snapshot?.drafts ?? [])
  const returns = usePacks((state) => state.view?.returns ?? [])
  const said = (saved: { readonly file: string } | null | undefined): void => {
    if (saved === undefined || saved === null) return
    useNotice.getState().say(`Saved as ${saved.file}.`)
  }
  if (what === 'site') {
    return (
      <SaveDialog
        title="Save a site pack"
        legend="Drafts in the pack"
        back={false}
        choices={drafts
          .filter(({ counts }) => counts.total > 0)
          .map((draft) => ({ id: draft.id, words: `${draftName(draft)}, ${counted(draft.counts.total, 'computer')}` }))}
        onSave={async (draftIds, secrets, lock) => {
          if (lock.by !== 'sender') said(await asked('pack.save', { draftIds: [...draftIds], secrets, lock }))
          onEnd()
        }}
        onCancel={onEnd}
      />
    )
  }
  return (
    <SaveDialog
      title="Save a return pack"
      legend="Imports in the pack"
      back
      choices={returns.map(({ importId, source, from, computers, ended }) => ({
        id: importId,
        words: `${source} from ${from}, ${ended} of ${counted(computers, 'computer')} ended`
      }))}
      onSave={async (importIds, _, lock) => {
        said(await asked('pack.return', { importIds: [...importIds], lock }))
        onEnd()
      }}
      onCancel={onEnd}
    />
  )
}

export function SitePackPage() {
  const styles = useStyles()
  const { view, head, content, taken } = usePacks()
  const drafts = usePlace((state) => state.snapshot?.drafts ?? [])
  const [saving, setSaving] = useState<'site' | 'return'>()
  useEffect(() => {
    void usePacks.getState().read()
    return () => void usePacks.getState().putAway()
  }, [])
  const full = drafts.some(({ counts }) => counts.total > 0)
  const { choose } = usePacks.getState()
  return (
    <div className={styles.page}>
      <Title intro="Plan here, run on another laptop without this one, and bring the results home. Packs are signed and encrypted.">
        Site packs
      </Title>
      <div>
        <Button icon={<ArrowLeftRegular />} onClick={() => usePlace.getState().goBack()}>
          Back
        </Button>
      </div>
      {taken !== null && (
        <MessageBar intent={taken.kind === 'return' && taken.conflicts > 0 ? 'warning' : 'success'} layout="multiline">
          <MessageBarBody data-taken={taken.kind}>{takenWords(taken)}</MessageBarBody>
        </MessageBar>
      )}
      {view === null ? (
        <Spinner label="Reading what is known of packs" />
      ) : (
        <>
          {view.conflicts.map((conflict) => (
            <ConflictCard key={`${conflict.planId} ${conflict.guid}`} conflict={conflict} />
          ))}
          <div className={styles.columns}>
            <Card title="Plans go out">
              <p className={styles.line}>
                {full
                  ? 'Drafts with their computers, profiles and, if you want, passwords.'
                  : 'There is no draft with computers yet.'}
              </p>
              <div className={styles.buttons}>
                <Button
                  icon={<BoxArrowUpRegular />}
                  disabled={!full || view.installation === null}
                  onClick={() => setSaving('site')}
                >
                  Save a site pack…
                </Button>
                <Button icon={<BoxRegular />} disabled={view.installation === null} onClick={() => void choose()}>
                  Open a site pack…
                </Button>
              </div>
            </Card>
            <Card title="Results come back">
              <p className={styles.line}>
                {view.returns.length > 0
                  ? 'How each computer ended, new passwords, and the audit entries that prove it.'
                  : 'No import here came from a site pack; results of others can be taken in.'}
              </p>
              <div className={styles.buttons}>
                <Button
                  icon={<BoxArrowUpRegular />}
                  disabled={view.returns.length === 0}
                  onClick={() => setSaving('return')}
                >
                  Save a return pack…
                </Button>
                <Button
                  icon={<ArrowImportRegular />}
                  disabled={view.installation === null}
                  onClick={() => void choose()}
                >
                  Take a return pack in…
                </Button>
              </div>
            </Card>
          </div>
          <InstallationCard installation={view.installation} problem={view.problem} />
        </>
      )}
      {saving !== undefined && <Saving what={saving} onEnd={() => setSaving(undefined)} />}
      {head !== null && <OpenDialog head={head} content={content} />}
    </div>
  )
}
