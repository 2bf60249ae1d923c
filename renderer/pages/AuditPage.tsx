// Audit log: what happened, newest first, in sentences; what other laptops recorded; and whether the chains still hold.
import { Button, makeStyles, Radio, RadioGroup, SearchBox } from '@fluentui/react-components'
import { ArrowLeftRegular } from '@fluentui/react-icons'
import { useEffect, useState } from 'react'
import type { Chain, Laptop } from '../../shared/audit.ts'
import { asked } from '../bridge.ts'
import { AuditActions } from '../parts/AuditActions.tsx'
import { AuditTable, type Origin } from '../parts/AuditTable.tsx'
import { ChainCard, LaptopCard } from '../parts/ChainCard.tsx'
import { Title } from '../parts/Title.tsx'
import { usePlace } from '../placeStore.ts'
import { number } from '../words.ts'

const useStyles = makeStyles({
  // Its menu hangs over the table, whose head would else lie above it.
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '8px',
    alignItems: 'center',
    flexShrink: 0,
    position: 'relative',
    zIndex: 2
  },
  search: { width: '320px' },
  actions: { display: 'flex', gap: '8px', marginLeft: 'auto' },
  words: { overflowWrap: 'anywhere' },
  whose: { flexWrap: 'wrap' }
})

const ownLog = ''

/** Whose entries are shown; there is a choice once a return pack was taken in. */
function Whose(props: {
  readonly laptops: readonly Laptop[]
  readonly origin: Origin
  onChange(origin: Origin): void
}) {
  const { laptops, origin, onChange } = props
  const styles = useStyles()
  return (
    <RadioGroup
      className={styles.whose}
      layout="horizontal"
      aria-label="Whose entries"
      value={origin ?? ownLog}
      onChange={(_, { value }) => onChange(value === ownLog ? null : value)}
    >
      <Radio value={ownLog} label="This laptop" />
      {laptops.map((one) => (
        <Radio
          key={one.origin}
          className={styles.words}
          value={one.origin}
          label={`${one.name} (${number(one.entries)})`}
        />
      ))}
    </RadioGroup>
  )
}

export function AuditPage() {
  const styles = useStyles()
  const [search, setSearch] = useState('')
  const [chain, setChain] = useState<Chain>()
  const [saved, setSaved] = useState('')
  const [written, setWritten] = useState(0)
  const [laptops, setLaptops] = useState<readonly Laptop[]>([])
  const [origin, setOrigin] = useState<Origin>(null)
  useEffect(() => {
    void asked('audit.laptops', {}).then((answer) => setLaptops(answer?.laptops ?? []))
  }, [])
  const laptop = laptops.find((one) => one.origin === origin)
  /** What was verified or saved is about this laptop's own log. */
  const own = (): void => setOrigin(null)
  return (
    <>
      <Title intro="Facts that happened, newest first. Entries are appended and chained; none can be altered unnoticed.">
        Audit log
      </Title>
      <div className={styles.bar}>
        <Button icon={<ArrowLeftRegular />} onClick={() => usePlace.getState().goBack()}>
          Back
        </Button>
        <SearchBox
          className={styles.search}
          placeholder="Computer, person, what happened"
          aria-label="Search"
          maxLength={100}
          value={search}
          onChange={(_, data) => setSearch(data.value)}
        />
        <div className={styles.actions}>
          <AuditActions
            onChain={(found) => {
              setChain(found)
              own()
            }}
            onChange={(said) => {
              setSaved(said)
              setChain(undefined)
              setWritten((count) => count + 1)
              own()
            }}
          />
        </div>
      </div>
      {laptops.length > 0 && <Whose laptops={laptops} origin={origin} onChange={setOrigin} />}
      {laptop === undefined ? (
        <>
          {saved !== '' && <div className={styles.words}>{saved}</div>}
          {chain !== undefined && <ChainCard chain={chain} />}
        </>
      ) : (
        <LaptopCard key={`card ${laptop.origin}`} laptop={laptop} />
      )}
      <AuditTable key={`entries ${origin}`} origin={origin} search={search} written={written} />
    </>
  )
}
