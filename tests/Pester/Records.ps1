# What the files about whole records share: exports and a prox report whose people are in the test Koha, but for one. Each dot-sources it in BeforeAll.

Save-Text "$TestDrive/settings.json" '{"replaceTables": true, "library": "MAIN", "attributes": {"universalId": "UID", "studentId": "STUID", "major": "PROGRAM", "department": "DEPT"}, "categories": {"Undergraduate": "STUDENT", "Faculty": "FACULTY", "Staff": "STAFF"}, "majors": {"Animation": "ANIMA"}}'
Save-Text "$TestDrive/prox.csv" "Universal ID,Prox ID`nU1001,1000004`nU1004,1000001`nU1002,57426`nnew,77`n"
$people = @(
    Get-StudentRecord 'alovelace@example.edu' 'U1001' @{ first_name = 'Ada'; last_name = 'Lovelace'; student_id = 'S1001' }
    Get-StudentRecord 'anunez@example.edu' 'U1002' @{ student_id = 'S1002' }
    Get-StudentRecord 'somebodyelse' 'U1006' @{ student_id = 'S1006' }
    Get-StudentRecord 'newcomer' 'new'
)
Save-Export "$TestDrive/student_data.json" $people
Save-Export "$TestDrive/employee_data.json" @(Get-EmployeeRecord 'ghopper@example.edu' 'U1004' @{ etype = 'Faculty' })
$script:settings = @{ SettingsPath = "$TestDrive/settings.json" }

function Get-Row {
    Get-WorkdayPatron $TestDrive @settings | ConvertTo-KohaPatronCsv -End 2027-12-17 -EnrolledOn 2027-08-20 -ProxReport "$TestDrive/prox.csv" @settings 3>$null 6>$null
}
