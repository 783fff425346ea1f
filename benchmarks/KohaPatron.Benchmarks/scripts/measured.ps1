# Runs a script, then tells what the whole process has used so far: seconds of all cores, and the peak of its memory in
# bytes. Without a script that is what PowerShell needs by itself.
param([string] $Script)

if ($Script) { & $Script @args }
$self = [System.Diagnostics.Process]::GetCurrentProcess()
"$($self.TotalProcessorTime.TotalSeconds) $($self.PeakWorkingSet64)"
