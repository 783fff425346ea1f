# What one would write for the same load in PowerShell alone: read everything, a loop with the rules for the main columns,
# Export-Csv. It is what the module is measured against.
param([string] $Folder, [string] $Profile)

$ErrorActionPreference = 'Stop'
$tables = Get-Content $Profile -Raw | ConvertFrom-Json -AsHashtable
$cards = @{}
Get-Content "$Folder/prox.csv" | Select-Object -Skip 2 | ConvertFrom-Csv | ForEach-Object {
    $cards[$_.'Universal ID'.TrimStart('0')] = $_.'Prox ID'.Trim().TrimStart('0')
}

$end = [datetime] '2099-12-12'
$today = (Get-Date).ToString('yyyy-MM-dd')
$endOfMonth = '2099-12-31'
$facultyEnd = '2100-01-31'

function New-Row($Person, $Email, $Phone, $Category, $Expiry, $Attributes) {
    $card = $cards[$Person.universal_id.TrimStart('0')]
    [pscustomobject] @{
        branchcode        = $tables.library
        cardnumber        = if ($card) { $card } else { $Person.universal_id }
        categorycode      = $Category
        dateenrolled      = $today
        dateexpiry        = $Expiry
        email             = $Email
        firstname         = $Person.first_name
        patron_attributes = $Attributes
        surname           = $Person.last_name
        userid            = $Person.username
        phone             = $Phone
        borrowernotes     = ''
    }
}

$rows = @(
    foreach ($student in (Get-Content "$Folder/student_data.json" -Raw | ConvertFrom-Json).Report_Entry) {
        if (-not $student.inst_email -or -not $student.last_name) { continue }
        $attributes = "UNIVID:$($student.universal_id),STUID:$($student.student_id)"
        $major = $tables.majors[$student.primary_program]
        if (-not $major) {
            $known = $student.programs | Where-Object { $tables.majors[$_.program] } | Select-Object -First 1
            if ($known) { $major = $tables.majors[$known.program] }
        }
        if ($major) { $attributes += ",STUDENTMAJ:$major" }
        else { Write-Warning "$($student.username): no known major." }
        New-Row $student $student.inst_email $student.phone $tables.categories[$student.academic_level] $end.ToString('yyyy-MM-dd') $attributes
    }
    foreach ($employee in (Get-Content "$Folder/employee_data.json" -Raw | ConvertFrom-Json).Report_Entry) {
        if ($employee.active_status -eq '0' -or -not $employee.work_email -or $employee.is_contingent -eq '1') { continue }
        $attributes = "UNIVID:$($employee.universal_id)"
        $term = if ($employee.program) { $employee.program } elseif ($employee.department) { $employee.department } else { $employee.job_profile }
        $department = $tables.departments[$term]
        if ($department) { $attributes += ",FACDEPT:$department" }
        else { Write-Warning "$($employee.username): no known department." }
        $phone = if ($employee.work_phone) { $employee.work_phone } else { $employee.phone }
        $expiry = if ($employee.etype -eq 'Faculty') { $facultyEnd } else { $endOfMonth }
        New-Row $employee $employee.work_email $phone $tables.categories[$employee.etype] $expiry $attributes
    }
)
$rows | Export-Csv "$Folder/plain.csv" -UseQuotes AsNeeded
