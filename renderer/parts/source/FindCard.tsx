// Find computers on the network: a range checked as it is typed, the search while it runs, and what it found into the list.
import { Button, Checkbox, Field, makeStyles, ProgressBar, Textarea, tokens } from '@fluentui/react-components'
import { RecordStopRegular, SearchRegular, TableAddRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Draft } from '../../../shared/draft.ts'
import { practiceNetwork, type Search, searchLimits } from '../../../shared/found.ts'
import { longestRanges, type RangesRead, readRanges } from '../../../shared/ranges.ts'
import { askDraft } from '../../draftStore.ts'
import { counted, duration, number } from '../../words.ts'
import { Card } from '../Card.tsx'
import { NumberField } from '../NumberField.tsx'
import { FoundTable } from './FoundTable.tsx'
import type { Giving } from './giving.ts'
import { useSearching } from './searching.ts'

const useStyles = makeStyles({
  fields: { display: 'flex', flexWrap: 'wrap', gap: '8px 20px', alignItems: 'flex-start' },
  range: { flexGrow: 1, flexBasis: '360px', minWidth: 0 },
  rate: { flexBasis: '190px', minWidth: 0 },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2, lineHeight: tokens.lineHeightBase300 },
  words: { overflowWrap: 'anywhere' }
})

const partWords = ({ text, why }: { readonly text: string; readonly why: string }): string =>
  text === '' ? why : `${text}: ${why}.`

/** How many, how long, and what is left out; or why it cannot be searched. */
function rangeWords(read: RangesRead, rate: number): string {
  if (!read.ok) return read.why.slice(0, 3).map(partWords).join(' ')
  const { count, notes } = read.value
  const time = `${counted(count, 'address', 'addresses')}, about ${duration((count / rate) * 1000 + 5000)}.`
  return [time, ...notes.slice(0, 3).map(partWords)].join(' ')
}

function Running({ search, onStop }: { readonly search: Search; onStop(): void }) {
  const styles = useStyles()
  const { asked, total } = search
  return (
    <div className={styles.buttons}>
      <ProgressBar
        aria-label="Addresses asked"
        value={total === 0 ? 0 : asked / total}
        style={{ flexBasis: '240px' }}
      />
      <span>
        {number(asked)} of {number(total)}
      </span>
      <Button icon={<RecordStopRegular />} autoFocus onClick={onStop}>
        Stop the search
      </Button>
    </div>
  )
}

const endWords = ({ state, asked, total, ranges }: Search): string => {
  if (state === 'none' || state === 'running') return ''
  const how = state === 'stopped' ? `Stopped after ${number(asked)} of` : 'Asked'
  return `${how} ${counted(total, 'address', 'addresses')} on ${ranges}.`
}

export function FindCard({ draft, giving }: { readonly draft: Draft; readonly giving: Giving }) {
  const styles = useStyles()
  const { id: draftId, practice } = draft
  const [ranges, setRanges] = useState(practice ? practiceNetwork : '')
  const [rate, setRate] = useState<number>(searchLimits.rate[practice ? 'practice' : 'usual'])
  const [outside, setOutside] = useState(false)
  const { search, start, stop } = useSearching(draftId)
  const read = readRanges(ranges)
  const onInternet = read.ok ? read.value.outside : 0
  const running = search.state === 'running'
  const found = search.found.filter(({ takeable }) => takeable).length
  const ready = read.ok && (onInternet === 0 || outside) && !running && !giving.busy
  const begin = (): void => void start(ranges, outside, rate)
  return (
    <Card title="Find computers on the network">
      <p className={styles.quiet}>
        Each address gets a presence ping and a connection to the two AMT ports, without any login.
        {practice && ` The practice fleet pretends to be on ${practiceNetwork}.`}
      </p>
      <div className={styles.fields}>
        <Field
          className={styles.range}
          label="Addresses to search"
          validationState={ranges.trim() === '' || read.ok ? 'none' : 'error'}
          validationMessage={ranges.trim() === '' ? null : rangeWords(read, rate)}
          hint="10.0.0.0/24, 10.0.0.1-99, single addresses or names, separated by commas or lines"
        >
          <Textarea
            value={ranges}
            rows={2}
            spellCheck={false}
            disabled={running}
            textarea={{ maxLength: longestRanges, className: styles.words }}
            onChange={(_, { value }) => setRanges(value)}
          />
        </Field>
        <div className={styles.rate}>
          <NumberField
            label="Addresses in a second"
            value={rate}
            min={searchLimits.rate.least}
            max={searchLimits.rate.most}
            whole
            onChange={(value) => setRate(value ?? searchLimits.rate.usual)}
          />
        </div>
      </div>
      {onInternet > 0 && (
        <Checkbox
          checked={outside}
          label={`${counted(onInternet, 'address is', 'addresses are')} on the internet. They belong to my organisation.`}
          onChange={(_, { checked }) => setOutside(checked === true)}
        />
      )}
      {running ? (
        <Running search={search} onStop={() => void stop()} />
      ) : (
        <div className={styles.buttons}>
          <Button icon={<SearchRegular />} disabled={!ready} onClick={begin}>
            Search
          </Button>
          <span>{endWords(search)}</span>
        </div>
      )}
      {search.state !== 'none' && search.found.length === 0 && !running && (
        <p className={styles.quiet}>
          No AMT was found. Computers that are switched off at the mains do not answer, nor do those whose AMT network
          is closed.
        </p>
      )}
      {search.found.length > 0 && (
        <>
          <FoundTable found={search.found} />
          <p className={styles.quiet}>
            No device tells its GUID without a login. Rows without one can have it read from the device on Data Preview.
          </p>
          <div>
            <Button
              appearance="primary"
              icon={<TableAddRegular />}
              disabled={running || giving.busy || found === 0}
              onClick={() => giving.run(() => askDraft('search.take', { draftId, addresses: null }))}
            >
              Take {counted(found, 'computer')} into the list
            </Button>
          </div>
        </>
      )}
    </Card>
  )
}
