// Select Source: drop a file anywhere, browse, paste, type a single computer, or take the practice fleet's sample.
import { Button, CompoundButton, makeStyles, tokens } from '@fluentui/react-components'
import {
  BeakerRegular,
  BookInformationRegular,
  DesktopRegular,
  SearchRegular,
  TableAddRegular
} from '@fluentui/react-icons'
import { useCallback, useState } from 'react'
import type { Draft } from '../../shared/draft.ts'
import { asked } from '../bridge.ts'
import { askDraft, useCurrentDraft, useDraft } from '../draftStore.ts'
import { useNotice } from '../noticeStore.ts'
import { Card } from '../parts/Card.tsx'
import { ProblemStrip } from '../parts/ProblemStrip.tsx'
import { useArriving } from '../parts/source/arriving.ts'
import { DropArea } from '../parts/source/DropArea.tsx'
import { FindCard } from '../parts/source/FindCard.tsx'
import { type Given, type Giving, useGiving } from '../parts/source/giving.ts'
import { HeadCard } from '../parts/source/HeadCard.tsx'
import { type Joining, ManyFiles, replaceWord } from '../parts/source/ManyFiles.tsx'
import { RecognisedCard } from '../parts/source/RecognisedCard.tsx'
import { SecretsCard } from '../parts/source/SecretsCard.tsx'
import { Title } from '../parts/Title.tsx'

const useStyles = makeStyles({
  others: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(280px, 1fr))',
    gap: '12px',
    flexShrink: 0
  },
  other: {
    justifyContent: 'flex-start',
    textAlign: 'left',
    maxWidth: 'none',
    '& .fui-CompoundButton__secondaryContent': { lineHeight: '18px' }
  },
  help: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px 12px' },
  text: { flexGrow: 1, flexBasis: '320px', minWidth: 0, lineHeight: tokens.lineHeightBase300 }
})

/** What the file brought with it: its kind, its notes, its secrets. */
function Brought({ draft, giving }: { readonly draft: Draft; readonly giving: Giving }) {
  const { id: draftId, source } = draft
  if (source?.kind === 'single') return <Card title="A single computer">You type it in on the next page.</Card>
  if (source?.kind !== 'file') return null
  return (
    <>
      <RecognisedCard
        source={source}
        busy={giving.busy}
        onRead={(options) => giving.run(() => askDraft('source.options', { draftId, options }))}
      />
      {source.notes.map((note) => (
        <ProblemStrip
          key={`${note.code} ${note.where ?? ''}`}
          problem={note}
          severity={note.retry === 'never' ? 'note' : 'warning'}
        />
      ))}
      {source.secrets && <SecretsCard key={source.name} draftId={draftId} name={source.name} atHand={source.atHand} />}
    </>
  )
}

/** A list to fill in, and what belongs into it. */
function Help() {
  const styles = useStyles()
  const save = async (kind: 'list' | 'guide'): Promise<void> => {
    const saved = await asked('template.save', { kind })
    if (saved !== undefined && saved !== null) useNotice.getState().say(`${saved.file} was saved.`)
  }
  return (
    <Card title="No list yet?">
      <div className={styles.help}>
        <div className={styles.text}>
          The list to fill in has the right columns and three example rows. The guide says for each column whether it is
          needed, which forms are understood, and what goes wrong.
        </div>
        <Button icon={<TableAddRegular />} onClick={() => void save('list')}>
          Save the list to fill in
        </Button>
        <Button icon={<BookInformationRegular />} onClick={() => void save('guide')}>
          Save the field guide
        </Button>
      </div>
    </Card>
  )
}

/** Where else computers can come from. */
function Others({ draft, giving, onFind }: { readonly draft: Draft; readonly giving: Giving; onFind(): void }) {
  const styles = useStyles()
  const { id: draftId, practice, source } = draft
  const typeIn = async (): Promise<boolean> => {
    const taken = await askDraft('source.single', { draftId })
    if (taken) useDraft.getState().goTo('single')
    return taken
  }
  return (
    <div className={styles.others}>
      {practice && (
        <CompoundButton
          appearance={source === null ? 'primary' : 'secondary'}
          className={styles.other}
          icon={<BeakerRegular />}
          secondaryContent="The thirty computers of the practice fleet, some of them with troubles to learn from"
          disabled={giving.busy}
          onClick={() => giving.run(() => askDraft('source.sample', { draftId }))}
        >
          Take the sample file
        </CompoundButton>
      )}
      <CompoundButton
        className={styles.other}
        icon={<DesktopRegular />}
        secondaryContent="Name, FQDN and SMBIOS GUID, typed in by hand"
        disabled={giving.busy}
        onClick={() => giving.run(typeIn)}
      >
        Import a single computer
      </CompoundButton>
      <CompoundButton
        className={styles.other}
        icon={<SearchRegular />}
        secondaryContent="Addresses are asked whether AMT answers there"
        disabled={giving.busy}
        onClick={onFind}
      >
        Find computers on the network
      </CompoundButton>
    </div>
  )
}

/** What dropping a file does now, in words. */
function invitationOf(computers: number, joining: Joining, held: boolean): string {
  if (held) return `Type ${replaceWord} above, then drop the file that takes the place of everything`
  if (computers === 0) return 'Drop a file anywhere on this page'
  return joining === 'merge' ? 'Drop another file to merge it' : 'Drop the file that takes the place of everything'
}

export function SourcePage() {
  const draft = useCurrentDraft()
  const { id: draftId, practice, source, counts } = draft
  const giving = useGiving(draftId)
  const { busy, give } = giving
  const [{ joining, typed }, setJoining] = useState<{ joining: Joining; typed: string }>({
    joining: 'merge',
    typed: ''
  })
  const [finding, setFinding] = useState(false)
  const computers = source === null ? 0 : counts.total
  const others = <Others draft={draft} giving={giving} onFind={() => setFinding(true)} />
  const replacing = computers > 0 && joining === 'replace'
  const held = replacing && typed.trim().toLowerCase() !== replaceWord
  const take = useCallback(
    (given: Given) => {
      if (busy) return
      if (held) useNotice.getState().say(`Type ${replaceWord} first.`)
      else give(given, replacing)
      if (!held) setJoining({ joining: 'merge', typed: '' })
    },
    [busy, held, replacing, give]
  )
  const over = useArriving(take)
  const browse = (): void => {
    const replace = replacing ? { replace: 'replace' as const } : {}
    giving.run(() => askDraft('source.browse', { draftId, ...replace }))
    setJoining({ joining: 'merge', typed: '' })
  }
  return (
    <>
      <Title intro="Where do the computers come from? A file for many, the form for a single one.">Select Source</Title>
      <Brought draft={draft} giving={giving} />
      {practice && source === null && others}
      {finding && <FindCard draft={draft} giving={giving} />}
      {computers > 0 && !busy && (
        <ManyFiles
          computers={computers}
          joining={joining}
          typed={typed}
          onChange={(change) => setJoining((now) => ({ ...now, ...change }))}
        />
      )}
      <DropArea
        over={over}
        busy={busy}
        draftId={draftId}
        invitation={invitationOf(computers, joining, held)}
        primary={source === null && !practice}
        held={held}
        onBrowse={browse}
        onCancel={giving.cancel}
      />
      {giving.head !== null && <HeadCard head={giving.head} />}
      {!(practice && source === null) && others}
      <Help />
    </>
  )
}
