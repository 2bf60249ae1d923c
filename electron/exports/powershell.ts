// Scripts for Configuration Manager: one that imports computers, one that enables their automatic provisioning again.
import type { ExportChoice } from '../../shared/exporting.ts'
import { ok, type Result } from '../../shared/problem.ts'
import { type ExportComputer, unfit } from './computer.ts'
import { computerTable, isWritable, literal, parameter, scriptBytes } from './powershellText.ts'

/** Build of Configuration Manager 1606, the first without out of band management. */
const build1606 = 8412

/** AMTOperateForMachines: ClearSuppressAutoProvision. 544 and 576 are labelled wrongly in the documents and never sent. */
const clearSuppression = 1024

type Choice = Pick<ExportChoice, 'siteServer' | 'siteCode' | 'collection'>

/** Both scripts begin so: where the site is, how it is asked, and what is done with the results. */
const common = (table: string): string => `
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
if ($PSVersionTable.PSVersion.Major -gt 5) { throw 'Run this script in Windows PowerShell: later ones have no Get-WmiObject.' }

$computers = ${table}

$namespace = 'root\\sms\\site_' + $SiteCode
$classPath = '\\\\' + $SiteServer + '\\' + $namespace + ':'

function ConvertTo-WqlText([string]$Text) {
    $Text.Replace('\\', '\\\\').Replace('''', '\\''')
}

function Get-SiteObject([string]$Query) {
    Get-WmiObject -ComputerName $SiteServer -Namespace $namespace -Query $Query
}

function Get-Resource([string]$Guid) {
    Get-SiteObject ('SELECT ResourceId, Obsolete FROM SMS_R_System WHERE SMBIOSGUID = ''' + $Guid + '''') |
        Where-Object { $_.Obsolete -ne 1 }
}

function Get-ParameterName($Class, [string]$Method) {
    $parameters = $Class.psbase.GetMethodParameters($Method)
    if ($null -eq $parameters) { throw ('This site has no method ' + $Method + '.') }
    $parameters.psbase.Properties | ForEach-Object { $_.Name }
}

function New-Result($Computer, [string]$Outcome, [string]$ResourceId, [string]$Detail) {
    New-Object PSObject -Property @{
        Name = $Computer.Name; Guid = $Computer.Guid; Outcome = $Outcome; ResourceId = $ResourceId; Detail = $Detail
    }
}
`

const ending = `
$results | Select-Object Name, Guid, Outcome, ResourceId, Detail |
    Export-Csv -Path $ResultFile -NoTypeInformation -Encoding UTF8
$results | Group-Object Outcome | ForEach-Object { Write-Output ($_.Name + ': ' + $_.Count) }
`

const header = (what: string, choice: Choice, more: readonly string[]): string => `<#
${what}
No password is in this script. Try it first with -WhatIf: it then tells what it would do, and does nothing.
#>
[CmdletBinding(SupportsShouldProcess = $true)]
param(
${[parameter('SiteServer', choice.siteServer), parameter('SiteCode', choice.siteCode), `    [string]$CollectionName = ${literal(choice.collection)}`, ...more].join(',\n')}
)
`

const checked = (choice: Choice): Result<null> =>
  isWritable(choice.collection) ? ok(null) : unfit({ name: 'Collection' }, 'name', choice.collection)

const importBody = `
$class = [wmiclass]($classPath + 'SMS_Site')
$known = @(Get-ParameterName $class 'ImportMachineEntry')

$build = 0
foreach ($site in @(Get-SiteObject ('SELECT BuildNumber FROM SMS_Site WHERE SiteCode = ''' + (ConvertTo-WqlText $SiteCode) + ''''))) {
    $build = [int]$site.BuildNumber
}
if (($build -ge ${build1606}) -or ($known -notcontains 'IsAMTMachine')) {
    Write-Warning 'This site has no out of band management: it was removed with version 1606. ImportMachineEntry would only make ordinary computer records.'
    if (-not $EvenWithoutOutOfBand) { return }
}

$collection = $null
if ($CollectionName -ne '') {
    $found = @(Get-SiteObject ('SELECT * FROM SMS_Collection WHERE Name = ''' + (ConvertTo-WqlText $CollectionName) + ''''))
    if ($found.Count -ne 1) { throw ('There are ' + $found.Count + ' collections of this name: ' + $CollectionName) }
    $collection = $found[0]
}

function Add-ToCollection($Computer, [string]$ResourceId) {
    $rule = ([wmiclass]($classPath + 'SMS_CollectionRuleDirect')).psbase.CreateInstance()
    $rule.ResourceClassName = 'SMS_R_System'
    $rule.ResourceID = [uint32]$ResourceId
    $rule.RuleName = $Computer.Name
    $answer = $collection.AddMembershipRule($rule)
    if ($answer.ReturnValue -ne 0) { throw ('AddMembershipRule answered ' + $answer.ReturnValue) }
}

$results = @()
foreach ($computer in $computers) {
    $outcome = 'failed'
    $resourceId = ''
    $detail = ''
    try {
        $before = @(Get-Resource $computer.Guid)
        if (($before.Count -gt 0) -and (-not $Overwrite)) {
            $outcome = 'exists'
            $resourceId = [string]$before[0].ResourceId
        }
        elseif ($PSCmdlet.ShouldProcess($computer.Name, 'ImportMachineEntry')) {
            $values = @{
                NetbiosName = $computer.Name
                FQDN = $computer.Fqdn
                SMBIOSGUID = $computer.Guid
                OverwriteExistingRecord = [bool]$Overwrite
                IsAMTMachine = $true
            }
            if ($computer.Mac -ne '') { $values.MACAddress = $computer.Mac }
            $parameters = $class.psbase.GetMethodParameters('ImportMachineEntry')
            foreach ($name in @($values.Keys)) {
                if ($known -contains $name) { $parameters.psbase.Properties[$name].Value = $values[$name] }
            }
            $answer = $class.psbase.InvokeMethod('ImportMachineEntry', $parameters, $null)
            if ($answer.ReturnValue -ne 0) { throw ('ImportMachineEntry answered ' + $answer.ReturnValue) }
            $resourceId = [string]$answer.ResourceID
            $outcome = 'created'
            if ($answer.MachineExists) { $outcome = 'exists' }
        }
        else { continue }
        if (($null -ne $collection) -and ($resourceId -ne '') -and $PSCmdlet.ShouldProcess($computer.Name, 'Add to ' + $CollectionName)) {
            try { Add-ToCollection $computer $resourceId }
            catch { $detail = 'Not added to the collection: ' + $_.Exception.Message }
        }
    }
    catch { $detail = $_.Exception.Message }
    $results += New-Result $computer $outcome $resourceId $detail
}
${ending}`

/** Imports the computers by named parameters, adds them to the collection, and writes a result file. */
export function importScript(computers: readonly ExportComputer[], choice: Choice): Result<Uint8Array> {
  const fits = checked(choice)
  if (!fits.ok) return fits
  const table = computerTable(computers)
  if (!table.ok) return table
  const what =
    'Imports computers into Configuration Manager for out of band management and writes down what became of each.'
  const more = [
    "    [string]$ResultFile = 'amt-import-result.csv'",
    '    [switch]$Overwrite',
    '    [switch]$EvenWithoutOutOfBand'
  ]
  return ok(scriptBytes(`${header(what, choice, more)}${common(table.value)}${importBody}`))
}

const automaticBody = `
$class = [wmiclass]($classPath + 'SMS_Collection')
$known = @(Get-ParameterName $class 'AMTOperateForMachines')

# Later versions of the method ask for a collection; all systems is one that every computer is in.
$collectionId = 'SMS00001'
if ($CollectionName -ne '') {
    $found = @(Get-SiteObject ('SELECT CollectionID FROM SMS_Collection WHERE Name = ''' + (ConvertTo-WqlText $CollectionName) + ''''))
    if ($found.Count -ne 1) { throw ('There are ' + $found.Count + ' collections of this name: ' + $CollectionName) }
    $collectionId = $found[0].CollectionID
}

$results = @()
foreach ($computer in $computers) {
    $outcome = 'failed'
    $resourceId = ''
    $detail = ''
    try {
        $resources = @(Get-Resource $computer.Guid)
        if ($resources.Count -ne 1) { throw ('There are ' + $resources.Count + ' computers with this GUID.') }
        $resourceId = [string]$resources[0].ResourceId
        if (-not $PSCmdlet.ShouldProcess($computer.Name, 'Enable automatic provisioning (${clearSuppression})')) { continue }
        $values = @{ CollectionID = $collectionId; ResourceIDs = [uint32[]]@([uint32]$resourceId); Opcode = ${clearSuppression}; extData = 0 }
        $parameters = $class.psbase.GetMethodParameters('AMTOperateForMachines')
        foreach ($name in @($values.Keys)) {
            if ($known -contains $name) { $parameters.psbase.Properties[$name].Value = $values[$name] }
        }
        $answer = $class.psbase.InvokeMethod('AMTOperateForMachines', $parameters, $null)
        if ($answer.ReturnValue -ne 0) { throw ('AMTOperateForMachines answered ' + $answer.ReturnValue) }
        $outcome = 'exists'
        $detail = 'Automatic provisioning was enabled.'
    }
    catch { $detail = $_.Exception.Message }
    $results += New-Result $computer $outcome $resourceId $detail
}
${ending}`

/** Clears the suppression of automatic provisioning, by one operation and no other. */
export function automaticScript(computers: readonly ExportComputer[], choice: Choice): Result<Uint8Array> {
  const fits = checked(choice)
  if (!fits.ok) return fits
  const table = computerTable(computers)
  if (!table.ok) return table
  const what = 'Enables automatic provisioning in Configuration Manager for computers whose import had suppressed it.'
  const more = ["    [string]$ResultFile = 'amt-automatic-result.csv'"]
  return ok(scriptBytes(`${header(what, choice, more)}${common(table.value)}${automaticBody}`))
}
