// Other managers: the computers out to them, and what their script said of each back in.
import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { ArrowExportRegular, DocumentArrowDownRegular } from '@fluentui/react-icons'
import { useEffect, useState } from 'react'
import type { Import } from '../../shared/contract/views.ts'
import { type ExportResult, exportOutcomes } from '../../shared/exporting.ts'
import { asked } from '../bridge.ts'
import { useNotice } from '../noticeStore.ts'
import { counted } from '../words.ts'
import { Card } from './Card.tsx'
import { ExportDialog } from './ExportDialog.tsx'
import { Badge, type Tone } from './tones.tsx'

const useStyles = makeStyles({
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2, lineHeight: tokens.lineHeightBase300 },
  frame: { maxHeight: '240px', overflow: 'auto' },
  table: { borderCollapse: 'collapse', width: '100%' },
  cell: {
    textAlign: 'left',
    verticalAlign: 'top',
    padding: '5px 16px 5px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    fontWeight: tokens.fontWeightRegular,
    overflowWrap: 'anywhere'
  }
})

const looks: Readonly<Record<ExportResult['outcome'], { readonly word: string; readonly tone: Tone }>> = {
  created: { word: 'Created', tone: 'done' },
  exists: { word: 'There already', tone: 'asleep' },
  failed: { word: 'Failed', tone: 'person' }
}

const sumWords = (results: readonly ExportResult[]): string =>
  exportOutcomes
    .map((outcome) => ({ outcome, count: results.filter((one) => one.outcome === outcome).length }))
    .filter(({ count }) => count > 0)
    .map(({ outcome, count }) => `${counted(count, 'computer')} ${looks[outcome].word.toLowerCase()}`)
    .join(', ')

function Results({ results }: { readonly results: readonly ExportResult[] }) {
  const styles = useStyles()
  return (
    <>
      <p className={styles.quiet}>{sumWords(results)}.</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard must reach that. */}
      <section className={styles.frame} tabIndex={0} aria-label="What the other manager said">
        <table className={styles.table} data-results={results.length}>
          <tbody>
            {results.map(({ guid, name, outcome, detail }) => (
              <tr key={guid} data-outcome={outcome}>
                <th scope="row" className={styles.cell}>
                  {name}
                </th>
                <td className={styles.cell}>
                  <Badge tone={looks[outcome].tone}>{looks[outcome].word}</Badge>
                </td>
                <td className={styles.cell}>{detail}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}

export function ExportCard({ current }: { readonly current: Import }) {
  const styles = useStyles()
  const { id: importId } = current
  const [open, setOpen] = useState(false)
  const [saved, setSaved] = useState('')
  const [results, setResults] = useState<readonly ExportResult[]>([])
  useEffect(() => {
    void asked('export.results', { importId }).then((answer) => setResults(answer?.results ?? []))
  }, [importId])
  const take = async (): Promise<void> => {
    const answer = await asked('export.takeResult', { importId })
    if (answer === undefined || answer === null) return
    setResults(answer.results)
    useNotice.getState().say(`${sumWords(answer.results)}.`)
  }
  return (
    <Card title="Another manager">
      <p className={styles.quiet}>
        Lists and scripts for Configuration Manager, Device Management Toolkit Console and MeshCentral. The import
        script writes down what became of each computer; read here, it is kept with this import.
      </p>
      <div className={styles.buttons}>
        <Button icon={<ArrowExportRegular />} onClick={() => setOpen(true)}>
          Export for another manager…
        </Button>
        <Button icon={<DocumentArrowDownRegular />} onClick={() => void take()}>
          Read the result file
        </Button>
        <span>{saved}</span>
      </div>
      {results.length > 0 && <Results results={results} />}
      {open && (
        <ExportDialog
          current={current}
          onCancel={() => setOpen(false)}
          onSaved={(words) => {
            setSaved(words)
            setOpen(false)
          }}
        />
      )}
    </Card>
  )
}
