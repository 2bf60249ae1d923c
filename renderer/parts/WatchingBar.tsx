// Says that another program works on the same data, so that nobody wonders why nothing can be changed here.
import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'

export function WatchingBar() {
  return (
    <MessageBar intent="info" data-watching>
      <MessageBarBody>
        <MessageBarTitle>This window looks on.</MessageBarTitle> The command line, or another window, works on these
        imports. What it does is shown here; this window takes over by itself when it ends.
      </MessageBarBody>
    </MessageBar>
  )
}
