# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_kafkactl_global_optspecs
    string join \n b/bootstrap-server= brokers= C/context= F/command-config= X/property= config-file= o/output= columns= sort-by= no-headers limit= q/quiet verbose color= no-progress time-format= y/yes read-only timeout= client-id= h/help V/version
end

function __fish_kafkactl_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_kafkactl_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_kafkactl_using_subcommand
    set -l cmd (__fish_kafkactl_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c kafkactl -n "__fish_kafkactl_needs_command" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_needs_command" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_needs_command" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_needs_command" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_needs_command" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_needs_command" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_needs_command" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_needs_command" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_needs_command" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_needs_command" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_needs_command" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_needs_command" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_needs_command" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_needs_command" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_needs_command" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_needs_command" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_needs_command" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_needs_command" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_needs_command" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kafkactl -n "__fish_kafkactl_needs_command" -s V -l version -d 'Print version'
complete -c kafkactl -n "__fish_kafkactl_needs_command" -f -a "topics" -d 'Create, list, describe, alter and delete topics'
complete -c kafkactl -n "__fish_kafkactl_needs_command" -f -a "t" -d 'Create, list, describe, alter and delete topics'
complete -c kafkactl -n "__fish_kafkactl_needs_command" -f -a "produce" -d 'Write records to a topic, from stdin, files or the command line'
complete -c kafkactl -n "__fish_kafkactl_needs_command" -f -a "p" -d 'Write records to a topic, from stdin, files or the command line'
complete -c kafkactl -n "__fish_kafkactl_needs_command" -f -a "consume" -d 'Read records from topics'
complete -c kafkactl -n "__fish_kafkactl_needs_command" -f -a "c" -d 'Read records from topics'
complete -c kafkactl -n "__fish_kafkactl_needs_command" -f -a "groups" -d 'Look at groups, their members and their lag'
complete -c kafkactl -n "__fish_kafkactl_needs_command" -f -a "g" -d 'Look at groups, their members and their lag'
complete -c kafkactl -n "__fish_kafkactl_needs_command" -f -a "cluster" -d 'Look at the cluster'
complete -c kafkactl -n "__fish_kafkactl_needs_command" -f -a "quickstart" -d 'See in a moment what Kafka does: a tour on a cluster in this process'
complete -c kafkactl -n "__fish_kafkactl_needs_command" -f -a "sandbox" -d 'Run a Kafka-compatible cluster in this process'
complete -c kafkactl -n "__fish_kafkactl_needs_command" -f -a "contexts" -d 'Name clusters and switch between them'
complete -c kafkactl -n "__fish_kafkactl_needs_command" -f -a "ctx" -d 'Name clusters and switch between them'
complete -c kafkactl -n "__fish_kafkactl_needs_command" -f -a "completion" -d 'Print a completion script for a shell'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -f -a "alter" -d 'Change partitions and settings of topics'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -f -a "set" -d 'Change partitions and settings of topics'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -f -a "create" -d 'Create topics'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -f -a "new" -d 'Create topics'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -f -a "delete" -d 'Delete topics and all their records'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -f -a "rm" -d 'Delete topics and all their records'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -f -a "describe" -d 'Show topics with their partitions, replicas and settings'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -f -a "show" -d 'Show topics with their partitions, replicas and settings'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -f -a "list" -d 'List topics'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -f -a "ls" -d 'List topics'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from alter" -l regex -d 'Topics whose whole names match' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from alter" -s p -l partitions -d 'Number of partitions afterwards' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from alter" -s c -l config -d 'A setting to set (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from alter" -l unset -d 'A setting to give its default back (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from alter" -l append -d 'Values to add to a setting that is a list (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from alter" -l subtract -d 'Values to take from a setting that is a list (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from alter" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from alter" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from alter" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from alter" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from alter" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from alter" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from alter" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from alter" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from alter" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from alter" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from alter" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from alter" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from alter" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from alter" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from alter" -l dry-run -d 'Let the brokers check, but change nothing'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from alter" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from alter" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from alter" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from alter" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from alter" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from alter" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from alter" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from set" -l regex -d 'Topics whose whole names match' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from set" -s p -l partitions -d 'Number of partitions afterwards' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from set" -s c -l config -d 'A setting to set (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from set" -l unset -d 'A setting to give its default back (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from set" -l append -d 'Values to add to a setting that is a list (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from set" -l subtract -d 'Values to take from a setting that is a list (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from set" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from set" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from set" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from set" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from set" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from set" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from set" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from set" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from set" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from set" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from set" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from set" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from set" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from set" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from set" -l dry-run -d 'Let the brokers check, but change nothing'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from set" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from set" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from set" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from set" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from set" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from create" -s p -l partitions -d 'Number of partitions' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from create" -s r -l replication-factor -d 'Replicas of each partition' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from create" -s c -l config -d 'A setting of the topics (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from create" -l replica-assignment -d 'Brokers of each partition: those of one partition joined by `:`, partitions by `,`; the first leads' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from create" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from create" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from create" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from create" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from create" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from create" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from create" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from create" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from create" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from create" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from create" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from create" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from create" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from create" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from create" -l if-not-exists -d 'Take a topic that exists for created'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from create" -l dry-run -d 'Let the brokers check, but create nothing'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from create" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from create" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from create" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from create" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from create" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from new" -s p -l partitions -d 'Number of partitions' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from new" -s r -l replication-factor -d 'Replicas of each partition' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from new" -s c -l config -d 'A setting of the topics (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from new" -l replica-assignment -d 'Brokers of each partition: those of one partition joined by `:`, partitions by `,`; the first leads' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from new" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from new" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from new" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from new" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from new" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from new" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from new" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from new" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from new" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from new" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from new" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from new" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from new" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from new" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from new" -l if-not-exists -d 'Take a topic that exists for created'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from new" -l dry-run -d 'Let the brokers check, but create nothing'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from new" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from new" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from new" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from new" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from new" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from new" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from new" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from delete" -l regex -d 'Delete the topics whose whole names match' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from delete" -l id -d 'Delete the topic with this id (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from delete" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from delete" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from delete" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from delete" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from delete" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from delete" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from delete" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from delete" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from delete" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from delete" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from delete" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from delete" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from delete" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from delete" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from delete" -l if-exists -d 'Take a topic that does not exist for deleted'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from delete" -l dry-run -d 'Say what would be deleted, and delete nothing'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from delete" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from delete" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from delete" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from delete" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from rm" -l regex -d 'Delete the topics whose whole names match' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from rm" -l id -d 'Delete the topic with this id (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from rm" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from rm" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from rm" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from rm" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from rm" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from rm" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from rm" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from rm" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from rm" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from rm" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from rm" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from rm" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from rm" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from rm" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from rm" -l if-exists -d 'Take a topic that does not exist for deleted'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from rm" -l dry-run -d 'Say what would be deleted, and delete nothing'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from rm" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from rm" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from rm" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from rm" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from rm" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from describe" -l regex -d 'Topics whose whole names match' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from describe" -l id -d 'The topic with this id (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from describe" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from describe" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from describe" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from describe" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from describe" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from describe" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from describe" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from describe" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from describe" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from describe" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from describe" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from describe" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from describe" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from describe" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from describe" -l all-configs -d 'Settings that have their default value, too'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from describe" -l under-replicated -d 'Only partitions with a replica that is not in sync'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from describe" -l unavailable -d 'Only partitions without a leader'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from describe" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from describe" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from describe" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from describe" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from describe" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from describe" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from describe" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from show" -l regex -d 'Topics whose whole names match' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from show" -l id -d 'The topic with this id (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from show" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from show" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from show" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from show" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from show" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from show" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from show" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from show" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from show" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from show" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from show" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from show" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from show" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from show" -l all-configs -d 'Settings that have their default value, too'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from show" -l under-replicated -d 'Only partitions with a replica that is not in sync'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from show" -l unavailable -d 'Only partitions without a leader'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from show" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from show" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from show" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from show" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from show" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from list" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from list" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from list" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from list" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from list" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from list" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from list" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from list" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from list" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from list" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from list" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from list" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from list" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from list" -l internal -d 'Kafka\'s own topics, too'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from list" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from list" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from list" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from list" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from ls" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from ls" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from ls" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from ls" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from ls" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from ls" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from ls" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from ls" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from ls" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from ls" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from ls" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from ls" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from ls" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from ls" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from ls" -l internal -d 'Kafka\'s own topics, too'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from ls" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from ls" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from ls" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from ls" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from ls" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand topics; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -f -a "alter" -d 'Change partitions and settings of topics'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -f -a "set" -d 'Change partitions and settings of topics'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -f -a "create" -d 'Create topics'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -f -a "new" -d 'Create topics'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -f -a "delete" -d 'Delete topics and all their records'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -f -a "rm" -d 'Delete topics and all their records'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -f -a "describe" -d 'Show topics with their partitions, replicas and settings'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -f -a "show" -d 'Show topics with their partitions, replicas and settings'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -f -a "list" -d 'List topics'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and not __fish_seen_subcommand_from alter set create new delete rm describe show list ls" -f -a "ls" -d 'List topics'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from alter" -l regex -d 'Topics whose whole names match' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from alter" -s p -l partitions -d 'Number of partitions afterwards' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from alter" -s c -l config -d 'A setting to set (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from alter" -l unset -d 'A setting to give its default back (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from alter" -l append -d 'Values to add to a setting that is a list (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from alter" -l subtract -d 'Values to take from a setting that is a list (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from alter" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from alter" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from alter" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from alter" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from alter" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from alter" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from alter" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from alter" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from alter" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from alter" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from alter" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from alter" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from alter" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from alter" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from alter" -l dry-run -d 'Let the brokers check, but change nothing'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from alter" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from alter" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from alter" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from alter" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from alter" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from alter" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from alter" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from set" -l regex -d 'Topics whose whole names match' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from set" -s p -l partitions -d 'Number of partitions afterwards' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from set" -s c -l config -d 'A setting to set (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from set" -l unset -d 'A setting to give its default back (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from set" -l append -d 'Values to add to a setting that is a list (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from set" -l subtract -d 'Values to take from a setting that is a list (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from set" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from set" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from set" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from set" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from set" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from set" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from set" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from set" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from set" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from set" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from set" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from set" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from set" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from set" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from set" -l dry-run -d 'Let the brokers check, but change nothing'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from set" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from set" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from set" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from set" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from set" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from create" -s p -l partitions -d 'Number of partitions' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from create" -s r -l replication-factor -d 'Replicas of each partition' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from create" -s c -l config -d 'A setting of the topics (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from create" -l replica-assignment -d 'Brokers of each partition: those of one partition joined by `:`, partitions by `,`; the first leads' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from create" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from create" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from create" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from create" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from create" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from create" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from create" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from create" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from create" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from create" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from create" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from create" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from create" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from create" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from create" -l if-not-exists -d 'Take a topic that exists for created'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from create" -l dry-run -d 'Let the brokers check, but create nothing'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from create" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from create" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from create" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from create" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from create" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from new" -s p -l partitions -d 'Number of partitions' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from new" -s r -l replication-factor -d 'Replicas of each partition' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from new" -s c -l config -d 'A setting of the topics (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from new" -l replica-assignment -d 'Brokers of each partition: those of one partition joined by `:`, partitions by `,`; the first leads' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from new" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from new" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from new" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from new" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from new" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from new" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from new" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from new" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from new" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from new" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from new" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from new" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from new" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from new" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from new" -l if-not-exists -d 'Take a topic that exists for created'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from new" -l dry-run -d 'Let the brokers check, but create nothing'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from new" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from new" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from new" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from new" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from new" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from new" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from new" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from delete" -l regex -d 'Delete the topics whose whole names match' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from delete" -l id -d 'Delete the topic with this id (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from delete" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from delete" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from delete" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from delete" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from delete" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from delete" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from delete" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from delete" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from delete" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from delete" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from delete" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from delete" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from delete" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from delete" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from delete" -l if-exists -d 'Take a topic that does not exist for deleted'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from delete" -l dry-run -d 'Say what would be deleted, and delete nothing'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from delete" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from delete" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from delete" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from delete" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from rm" -l regex -d 'Delete the topics whose whole names match' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from rm" -l id -d 'Delete the topic with this id (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from rm" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from rm" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from rm" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from rm" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from rm" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from rm" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from rm" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from rm" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from rm" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from rm" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from rm" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from rm" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from rm" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from rm" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from rm" -l if-exists -d 'Take a topic that does not exist for deleted'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from rm" -l dry-run -d 'Say what would be deleted, and delete nothing'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from rm" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from rm" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from rm" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from rm" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from rm" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from describe" -l regex -d 'Topics whose whole names match' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from describe" -l id -d 'The topic with this id (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from describe" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from describe" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from describe" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from describe" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from describe" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from describe" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from describe" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from describe" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from describe" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from describe" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from describe" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from describe" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from describe" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from describe" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from describe" -l all-configs -d 'Settings that have their default value, too'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from describe" -l under-replicated -d 'Only partitions with a replica that is not in sync'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from describe" -l unavailable -d 'Only partitions without a leader'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from describe" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from describe" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from describe" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from describe" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from describe" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from describe" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from describe" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from show" -l regex -d 'Topics whose whole names match' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from show" -l id -d 'The topic with this id (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from show" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from show" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from show" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from show" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from show" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from show" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from show" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from show" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from show" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from show" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from show" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from show" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from show" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from show" -l all-configs -d 'Settings that have their default value, too'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from show" -l under-replicated -d 'Only partitions with a replica that is not in sync'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from show" -l unavailable -d 'Only partitions without a leader'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from show" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from show" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from show" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from show" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from show" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from list" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from list" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from list" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from list" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from list" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from list" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from list" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from list" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from list" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from list" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from list" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from list" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from list" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from list" -l internal -d 'Kafka\'s own topics, too'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from list" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from list" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from list" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from list" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from ls" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from ls" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from ls" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from ls" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from ls" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from ls" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from ls" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from ls" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from ls" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from ls" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from ls" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from ls" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from ls" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from ls" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from ls" -l internal -d 'Kafka\'s own topics, too'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from ls" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from ls" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from ls" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from ls" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from ls" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand t; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -s i -l input -d 'How the input is read: a record a line, a JSON object a line, or all of it as one value' -r -f -a "lines\t'A record a line'
jsonl\t'A JSON object a line'
raw\t'All of it as one value'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -s v -l value -d 'A record with this value, without reading any input; @FILE takes it from a file' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -s k -l key -d 'The key of every record that has none of its own; @FILE takes it from a file' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -s H -l header -d 'A header of every record (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -s p -l partition -d 'The partition of every record that names none' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -l timestamp -d 'The timestamp of every record that has none: RFC 3339, milliseconds since 1970, or -1h' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -l key-separator -d 'What stands between key and value of a line; \\t and \\xNN are understood' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -l headers-separator -d 'What stands between a line\'s headers (name:value,name:value) and the rest' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -l null-marker -d 'A key or value that means null' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -s z -l compression -d 'The codec, with a level where it has levels' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -l acks -d 'Whose word a record needs to count as written' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -l rate -d 'At most so many records a second' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -s Z -l empty-is-null -d 'Empty values mean null'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -l create -d 'Let the brokers create a topic that does not exist, with their defaults'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand produce" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -s i -l input -d 'How the input is read: a record a line, a JSON object a line, or all of it as one value' -r -f -a "lines\t'A record a line'
jsonl\t'A JSON object a line'
raw\t'All of it as one value'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -s v -l value -d 'A record with this value, without reading any input; @FILE takes it from a file' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -s k -l key -d 'The key of every record that has none of its own; @FILE takes it from a file' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -s H -l header -d 'A header of every record (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -s p -l partition -d 'The partition of every record that names none' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -l timestamp -d 'The timestamp of every record that has none: RFC 3339, milliseconds since 1970, or -1h' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -l key-separator -d 'What stands between key and value of a line; \\t and \\xNN are understood' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -l headers-separator -d 'What stands between a line\'s headers (name:value,name:value) and the rest' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -l null-marker -d 'A key or value that means null' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -s z -l compression -d 'The codec, with a level where it has levels' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -l acks -d 'Whose word a record needs to count as written' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -l rate -d 'At most so many records a second' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -s Z -l empty-is-null -d 'Empty values mean null'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -l create -d 'Let the brokers create a topic that does not exist, with their defaults'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand p" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -l regex -d 'Read all topics whose names match, new ones included when there is a group' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -s g -l group -d 'Read as a member of this group, and commit what was printed' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -l instance-id -d 'A name for this member that outlives it (static membership)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -s p -l partitions -d 'Only these partitions' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -s s -l offset -l start -d 'Where to begin, and where to end' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -l tail -d 'Begin so many records before the end of each partition' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -s n -l max-records -d 'End after so many records' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -l idle-timeout -d 'End when no record came for so long; with -n that is a failure' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -s f -l format -d 'Print each record by this format' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -s O -l record-output -d 'How records are printed [default: value, or as -o says]' -r -f -a "value\t'The value and a line end'
jsonl\t'A JSON object a line; `produce -i jsonl` reads it back byte for byte'
json\t'One JSON document'
table\t'Partition, offset, time, key and value in columns'
hex\t'A dump of key and value in hexadecimal'
raw\t'Values with nothing between them'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -s G -l grep -d 'Only records in which k:REGEX, v:REGEX or h:NAME=REGEX matches; ! in front turns it around (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -l rack -d 'Read from replicas in this rack where the brokers allow it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -l out -d 'Write to this file instead of stdout' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -l no-commit -d 'Do not commit'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -l from-beginning -l earliest -d 'Begin with the oldest record; with a group, only where it has committed nothing'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -s e -l exit -d 'End where the partitions ended when the command began'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -l read-committed -d 'Print records of committed transactions only'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand consume" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -l regex -d 'Read all topics whose names match, new ones included when there is a group' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -s g -l group -d 'Read as a member of this group, and commit what was printed' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -l instance-id -d 'A name for this member that outlives it (static membership)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -s p -l partitions -d 'Only these partitions' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -s s -l offset -l start -d 'Where to begin, and where to end' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -l tail -d 'Begin so many records before the end of each partition' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -s n -l max-records -d 'End after so many records' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -l idle-timeout -d 'End when no record came for so long; with -n that is a failure' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -s f -l format -d 'Print each record by this format' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -s O -l record-output -d 'How records are printed [default: value, or as -o says]' -r -f -a "value\t'The value and a line end'
jsonl\t'A JSON object a line; `produce -i jsonl` reads it back byte for byte'
json\t'One JSON document'
table\t'Partition, offset, time, key and value in columns'
hex\t'A dump of key and value in hexadecimal'
raw\t'Values with nothing between them'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -s G -l grep -d 'Only records in which k:REGEX, v:REGEX or h:NAME=REGEX matches; ! in front turns it around (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -l rack -d 'Read from replicas in this rack where the brokers allow it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -l out -d 'Write to this file instead of stdout' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -l no-commit -d 'Do not commit'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -l from-beginning -l earliest -d 'Begin with the oldest record; with a group, only where it has committed nothing'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -s e -l exit -d 'End where the partitions ended when the command began'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -l read-committed -d 'Print records of committed transactions only'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand c" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and not __fish_seen_subcommand_from describe show list ls" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and not __fish_seen_subcommand_from describe show list ls" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and not __fish_seen_subcommand_from describe show list ls" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and not __fish_seen_subcommand_from describe show list ls" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and not __fish_seen_subcommand_from describe show list ls" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and not __fish_seen_subcommand_from describe show list ls" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and not __fish_seen_subcommand_from describe show list ls" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and not __fish_seen_subcommand_from describe show list ls" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and not __fish_seen_subcommand_from describe show list ls" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and not __fish_seen_subcommand_from describe show list ls" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and not __fish_seen_subcommand_from describe show list ls" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and not __fish_seen_subcommand_from describe show list ls" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and not __fish_seen_subcommand_from describe show list ls" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and not __fish_seen_subcommand_from describe show list ls" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and not __fish_seen_subcommand_from describe show list ls" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and not __fish_seen_subcommand_from describe show list ls" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and not __fish_seen_subcommand_from describe show list ls" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and not __fish_seen_subcommand_from describe show list ls" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and not __fish_seen_subcommand_from describe show list ls" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and not __fish_seen_subcommand_from describe show list ls" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and not __fish_seen_subcommand_from describe show list ls" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and not __fish_seen_subcommand_from describe show list ls" -f -a "describe" -d 'Show groups with their lag by partition and their members'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and not __fish_seen_subcommand_from describe show list ls" -f -a "show" -d 'Show groups with their lag by partition and their members'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and not __fish_seen_subcommand_from describe show list ls" -f -a "list" -d 'List groups'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and not __fish_seen_subcommand_from describe show list ls" -f -a "ls" -d 'List groups'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from describe" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from describe" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from describe" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from describe" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from describe" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from describe" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from describe" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from describe" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from describe" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from describe" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from describe" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from describe" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from describe" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from describe" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from describe" -l all -d 'All groups'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from describe" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from describe" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from describe" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from describe" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from describe" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from describe" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from describe" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from show" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from show" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from show" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from show" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from show" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from show" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from show" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from show" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from show" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from show" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from show" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from show" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from show" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from show" -l all -d 'All groups'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from show" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from show" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from show" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from show" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from show" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from list" -l state -d 'Only groups in these states, e.g. Stable, Empty' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from list" -l type -d 'Only groups of these types: classic, consumer, share, streams' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from list" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from list" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from list" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from list" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from list" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from list" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from list" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from list" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from list" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from list" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from list" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from list" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from list" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from list" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from list" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from list" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from list" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from ls" -l state -d 'Only groups in these states, e.g. Stable, Empty' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from ls" -l type -d 'Only groups of these types: classic, consumer, share, streams' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from ls" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from ls" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from ls" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from ls" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from ls" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from ls" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from ls" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from ls" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from ls" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from ls" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from ls" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from ls" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from ls" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from ls" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from ls" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from ls" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from ls" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from ls" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from ls" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand groups; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and not __fish_seen_subcommand_from describe show list ls" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and not __fish_seen_subcommand_from describe show list ls" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and not __fish_seen_subcommand_from describe show list ls" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and not __fish_seen_subcommand_from describe show list ls" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and not __fish_seen_subcommand_from describe show list ls" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and not __fish_seen_subcommand_from describe show list ls" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and not __fish_seen_subcommand_from describe show list ls" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and not __fish_seen_subcommand_from describe show list ls" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and not __fish_seen_subcommand_from describe show list ls" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and not __fish_seen_subcommand_from describe show list ls" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and not __fish_seen_subcommand_from describe show list ls" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and not __fish_seen_subcommand_from describe show list ls" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and not __fish_seen_subcommand_from describe show list ls" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and not __fish_seen_subcommand_from describe show list ls" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and not __fish_seen_subcommand_from describe show list ls" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and not __fish_seen_subcommand_from describe show list ls" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and not __fish_seen_subcommand_from describe show list ls" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and not __fish_seen_subcommand_from describe show list ls" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and not __fish_seen_subcommand_from describe show list ls" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and not __fish_seen_subcommand_from describe show list ls" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and not __fish_seen_subcommand_from describe show list ls" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and not __fish_seen_subcommand_from describe show list ls" -f -a "describe" -d 'Show groups with their lag by partition and their members'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and not __fish_seen_subcommand_from describe show list ls" -f -a "show" -d 'Show groups with their lag by partition and their members'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and not __fish_seen_subcommand_from describe show list ls" -f -a "list" -d 'List groups'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and not __fish_seen_subcommand_from describe show list ls" -f -a "ls" -d 'List groups'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from describe" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from describe" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from describe" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from describe" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from describe" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from describe" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from describe" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from describe" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from describe" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from describe" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from describe" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from describe" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from describe" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from describe" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from describe" -l all -d 'All groups'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from describe" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from describe" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from describe" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from describe" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from describe" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from describe" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from describe" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from show" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from show" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from show" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from show" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from show" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from show" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from show" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from show" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from show" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from show" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from show" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from show" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from show" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from show" -l all -d 'All groups'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from show" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from show" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from show" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from show" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from show" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from list" -l state -d 'Only groups in these states, e.g. Stable, Empty' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from list" -l type -d 'Only groups of these types: classic, consumer, share, streams' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from list" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from list" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from list" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from list" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from list" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from list" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from list" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from list" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from list" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from list" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from list" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from list" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from list" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from list" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from list" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from list" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from list" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from ls" -l state -d 'Only groups in these states, e.g. Stable, Empty' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from ls" -l type -d 'Only groups of these types: classic, consumer, share, streams' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from ls" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from ls" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from ls" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from ls" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from ls" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from ls" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from ls" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from ls" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from ls" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from ls" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from ls" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from ls" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from ls" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from ls" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from ls" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from ls" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from ls" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from ls" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from ls" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand g; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and not __fish_seen_subcommand_from info describe" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and not __fish_seen_subcommand_from info describe" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and not __fish_seen_subcommand_from info describe" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and not __fish_seen_subcommand_from info describe" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and not __fish_seen_subcommand_from info describe" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and not __fish_seen_subcommand_from info describe" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and not __fish_seen_subcommand_from info describe" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and not __fish_seen_subcommand_from info describe" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and not __fish_seen_subcommand_from info describe" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and not __fish_seen_subcommand_from info describe" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and not __fish_seen_subcommand_from info describe" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and not __fish_seen_subcommand_from info describe" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and not __fish_seen_subcommand_from info describe" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and not __fish_seen_subcommand_from info describe" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and not __fish_seen_subcommand_from info describe" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and not __fish_seen_subcommand_from info describe" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and not __fish_seen_subcommand_from info describe" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and not __fish_seen_subcommand_from info describe" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and not __fish_seen_subcommand_from info describe" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and not __fish_seen_subcommand_from info describe" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and not __fish_seen_subcommand_from info describe" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and not __fish_seen_subcommand_from info describe" -f -a "info" -d 'Show the cluster\'s id, controller, brokers and features'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and not __fish_seen_subcommand_from info describe" -f -a "describe" -d 'Show the cluster\'s id, controller, brokers and features'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from info" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from info" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from info" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from info" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from info" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from info" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from info" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from info" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from info" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from info" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from info" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from info" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from info" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from info" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from info" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from info" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from info" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from info" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from info" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from info" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from info" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from describe" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from describe" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from describe" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from describe" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from describe" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from describe" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from describe" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from describe" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from describe" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from describe" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from describe" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from describe" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from describe" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from describe" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from describe" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from describe" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from describe" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from describe" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from describe" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from describe" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand cluster; and __fish_seen_subcommand_from describe" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand quickstart" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand quickstart" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand quickstart" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand quickstart" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand quickstart" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand quickstart" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand quickstart" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand quickstart" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand quickstart" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand quickstart" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand quickstart" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand quickstart" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand quickstart" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand quickstart" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand quickstart" -l stay -d 'Keep the cluster up until Ctrl-C, to try commands in another terminal; at port 9092 when it is free'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand quickstart" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand quickstart" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand quickstart" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand quickstart" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand quickstart" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand quickstart" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand quickstart" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and not __fish_seen_subcommand_from faults up start" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and not __fish_seen_subcommand_from faults up start" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and not __fish_seen_subcommand_from faults up start" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and not __fish_seen_subcommand_from faults up start" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and not __fish_seen_subcommand_from faults up start" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and not __fish_seen_subcommand_from faults up start" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and not __fish_seen_subcommand_from faults up start" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and not __fish_seen_subcommand_from faults up start" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and not __fish_seen_subcommand_from faults up start" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and not __fish_seen_subcommand_from faults up start" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and not __fish_seen_subcommand_from faults up start" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and not __fish_seen_subcommand_from faults up start" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and not __fish_seen_subcommand_from faults up start" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and not __fish_seen_subcommand_from faults up start" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and not __fish_seen_subcommand_from faults up start" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and not __fish_seen_subcommand_from faults up start" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and not __fish_seen_subcommand_from faults up start" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and not __fish_seen_subcommand_from faults up start" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and not __fish_seen_subcommand_from faults up start" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and not __fish_seen_subcommand_from faults up start" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and not __fish_seen_subcommand_from faults up start" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and not __fish_seen_subcommand_from faults up start" -f -a "faults" -d 'Make things go wrong in a running sandbox'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and not __fish_seen_subcommand_from faults up start" -f -a "up" -d 'Start brokers, and keep them up until Ctrl-C'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and not __fish_seen_subcommand_from faults up start" -f -a "start" -d 'Start brokers, and keep them up until Ctrl-C'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from faults" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from faults" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from faults" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from faults" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from faults" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from faults" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from faults" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from faults" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from faults" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from faults" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from faults" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from faults" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from faults" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from faults" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from faults" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from faults" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from faults" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from faults" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from faults" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from faults" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from faults" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from faults" -f -a "add" -d 'Put a rule in force, or do something to the cluster'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from faults" -f -a "clear" -d 'Take rules out of force'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from faults" -f -a "rm" -d 'Take rules out of force'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from faults" -f -a "list" -d 'List the rules in force'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from faults" -f -a "ls" -d 'List the rules in force'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -l brokers -d 'Number of brokers' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -l port -d 'Port of the first broker, the others take those that follow; 0 takes any free ones' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -l host -d 'Address to listen at' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -l advertise -d 'Host that clients are told to connect to [default: that of --host, or localhost]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -l topic -d 'A topic to create, with its number of partitions (repeatable) [default: 1 partition]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -l data -d 'Directory to keep records in, and all else that lasts [default: in memory]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -l sasl -d 'Have clients log in, by plain, scram-256, scram-512, or scram for both (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -l faults -d 'File of faults to begin with, a line each: see `kafkactl sandbox faults add --help`' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -l as -d 'Release of Apache Kafka to behave like: 2.1, 2.8, 3.9, 4.0 or 4.4' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -l tls -d 'Encrypt connections, and write what clients need for that'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -l acls -d 'Enforce access control: needs --sasl, whose first user may do everything, or --tls, then the client of the certificate that is written'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from up" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l brokers -d 'Number of brokers' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l port -d 'Port of the first broker, the others take those that follow; 0 takes any free ones' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l host -d 'Address to listen at' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l advertise -d 'Host that clients are told to connect to [default: that of --host, or localhost]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l topic -d 'A topic to create, with its number of partitions (repeatable) [default: 1 partition]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l data -d 'Directory to keep records in, and all else that lasts [default: in memory]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l sasl -d 'Have clients log in, by plain, scram-256, scram-512, or scram for both (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l faults -d 'File of faults to begin with, a line each: see `kafkactl sandbox faults add --help`' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l as -d 'Release of Apache Kafka to behave like: 2.1, 2.8, 3.9, 4.0 or 4.4' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l tls -d 'Encrypt connections, and write what clients need for that'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l acls -d 'Enforce access control: needs --sasl, whose first user may do everything, or --tls, then the client of the certificate that is written'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand sandbox; and __fish_seen_subcommand_from start" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -f -a "add" -d 'Add a context to the user\'s configuration file'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -f -a "new" -d 'Add a context to the user\'s configuration file'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -f -a "current" -d 'Print the name of the context in force'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -f -a "delete" -d 'Remove a context from the user\'s configuration file'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -f -a "rm" -d 'Remove a context from the user\'s configuration file'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -f -a "list" -d 'List the contexts'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -f -a "ls" -d 'List the contexts'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -f -a "show" -d 'Show the settings in force and where each comes from'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -f -a "describe" -d 'Show the settings in force and where each comes from'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -f -a "use" -d 'Choose the context for the commands that follow'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from add" -l servers -d 'Brokers to start from, comma-separated' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from add" -l properties -d 'A Java properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from add" -l cluster-id -d 'The id the cluster must have' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from add" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from add" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from add" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from add" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from add" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from add" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from add" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from add" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from add" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from add" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from add" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from add" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from add" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from add" -l protected -d 'Destructive commands ask for the context\'s name'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from add" -l only-read -d 'Refuse commands that change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from add" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from add" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from add" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from add" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from add" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from new" -l servers -d 'Brokers to start from, comma-separated' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from new" -l properties -d 'A Java properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from new" -l cluster-id -d 'The id the cluster must have' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from new" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from new" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from new" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from new" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from new" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from new" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from new" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from new" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from new" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from new" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from new" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from new" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from new" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from new" -l protected -d 'Destructive commands ask for the context\'s name'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from new" -l only-read -d 'Refuse commands that change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from new" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from new" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from new" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from new" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from new" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from new" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from new" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from current" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from current" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from current" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from current" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from current" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from current" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from current" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from current" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from current" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from current" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from current" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from current" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from current" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from current" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from current" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from current" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from current" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from current" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from current" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from current" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from current" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from delete" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from delete" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from delete" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from delete" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from delete" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from delete" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from delete" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from delete" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from delete" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from delete" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from delete" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from delete" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from delete" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from delete" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from delete" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from delete" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from delete" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from delete" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from rm" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from rm" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from rm" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from rm" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from rm" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from rm" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from rm" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from rm" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from rm" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from rm" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from rm" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from rm" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from rm" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from rm" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from rm" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from rm" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from rm" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from rm" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from rm" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from list" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from list" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from list" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from list" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from list" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from list" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from list" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from list" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from list" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from list" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from list" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from list" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from list" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from list" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from list" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from list" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from list" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from ls" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from ls" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from ls" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from ls" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from ls" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from ls" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from ls" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from ls" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from ls" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from ls" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from ls" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from ls" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from ls" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from ls" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from ls" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from ls" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from ls" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from ls" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from ls" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from show" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from show" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from show" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from show" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from show" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from show" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from show" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from show" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from show" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from show" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from show" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from show" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from show" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from show" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from show" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from show" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from show" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from show" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from describe" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from describe" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from describe" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from describe" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from describe" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from describe" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from describe" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from describe" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from describe" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from describe" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from describe" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from describe" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from describe" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from describe" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from describe" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from describe" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from describe" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from describe" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from describe" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from describe" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from describe" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from use" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from use" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from use" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from use" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from use" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from use" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from use" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from use" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from use" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from use" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from use" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from use" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from use" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from use" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from use" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from use" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from use" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from use" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from use" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from use" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand contexts; and __fish_seen_subcommand_from use" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -f -a "add" -d 'Add a context to the user\'s configuration file'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -f -a "new" -d 'Add a context to the user\'s configuration file'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -f -a "current" -d 'Print the name of the context in force'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -f -a "delete" -d 'Remove a context from the user\'s configuration file'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -f -a "rm" -d 'Remove a context from the user\'s configuration file'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -f -a "list" -d 'List the contexts'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -f -a "ls" -d 'List the contexts'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -f -a "show" -d 'Show the settings in force and where each comes from'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -f -a "describe" -d 'Show the settings in force and where each comes from'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and not __fish_seen_subcommand_from add new current delete rm list ls show describe use" -f -a "use" -d 'Choose the context for the commands that follow'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from add" -l servers -d 'Brokers to start from, comma-separated' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from add" -l properties -d 'A Java properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from add" -l cluster-id -d 'The id the cluster must have' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from add" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from add" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from add" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from add" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from add" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from add" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from add" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from add" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from add" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from add" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from add" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from add" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from add" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from add" -l protected -d 'Destructive commands ask for the context\'s name'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from add" -l only-read -d 'Refuse commands that change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from add" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from add" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from add" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from add" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from add" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from new" -l servers -d 'Brokers to start from, comma-separated' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from new" -l properties -d 'A Java properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from new" -l cluster-id -d 'The id the cluster must have' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from new" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from new" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from new" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from new" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from new" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from new" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from new" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from new" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from new" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from new" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from new" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from new" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from new" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from new" -l protected -d 'Destructive commands ask for the context\'s name'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from new" -l only-read -d 'Refuse commands that change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from new" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from new" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from new" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from new" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from new" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from new" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from new" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from current" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from current" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from current" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from current" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from current" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from current" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from current" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from current" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from current" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from current" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from current" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from current" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from current" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from current" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from current" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from current" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from current" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from current" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from current" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from current" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from current" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from delete" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from delete" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from delete" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from delete" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from delete" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from delete" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from delete" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from delete" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from delete" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from delete" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from delete" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from delete" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from delete" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from delete" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from delete" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from delete" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from delete" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from delete" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from rm" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from rm" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from rm" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from rm" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from rm" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from rm" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from rm" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from rm" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from rm" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from rm" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from rm" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from rm" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from rm" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from rm" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from rm" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from rm" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from rm" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from rm" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from rm" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from list" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from list" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from list" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from list" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from list" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from list" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from list" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from list" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from list" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from list" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from list" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from list" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from list" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from list" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from list" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from list" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from list" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from ls" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from ls" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from ls" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from ls" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from ls" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from ls" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from ls" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from ls" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from ls" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from ls" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from ls" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from ls" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from ls" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from ls" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from ls" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from ls" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from ls" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from ls" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from ls" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from show" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from show" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from show" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from show" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from show" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from show" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from show" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from show" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from show" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from show" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from show" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from show" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from show" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from show" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from show" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from show" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from show" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from show" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from describe" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from describe" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from describe" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from describe" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from describe" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from describe" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from describe" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from describe" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from describe" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from describe" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from describe" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from describe" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from describe" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from describe" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from describe" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from describe" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from describe" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from describe" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from describe" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from describe" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from describe" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from use" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from use" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from use" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from use" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from use" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from use" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from use" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from use" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from use" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from use" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from use" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from use" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from use" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from use" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from use" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from use" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from use" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from use" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from use" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from use" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand ctx; and __fish_seen_subcommand_from use" -s h -l help -d 'Print help'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand completion" -s b -l bootstrap-server -d 'Brokers to start from, comma-separated [default: the context\'s, else localhost:9092]' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand completion" -l brokers -d 'Another name of --bootstrap-server; one of its own, because a command may mean something else by it' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand completion" -s C -l context -d 'A context of the configuration file to take the cluster from' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand completion" -s F -l command-config -d 'A Java client.properties file with connection and security settings' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand completion" -s X -l property -d 'A client setting by its Java name, before all files (repeatable)' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand completion" -l config-file -d 'kafkactl\'s own configuration file [default: config.toml in kafkactl\'s configuration folder]' -r -F
complete -c kafkactl -n "__fish_kafkactl_using_subcommand completion" -s o -l output -d 'The format of data on stdout' -r -f -a "table\t'Aligned columns, to read'
wide\t'A table with more columns'
json\t'One JSON document'
jsonl\t'One JSON object a line, without the envelope'
yaml\t'One YAML document'
csv\t'Comma-separated values (RFC 4180)'
tsv\t'Tab-separated values'
name\t'Names alone, one a line'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand completion" -l columns -d 'Columns to show, in this order' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand completion" -l sort-by -d 'A column to sort by; COLUMN:desc turns the order around' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand completion" -l limit -d 'Show at most so many items' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand completion" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand completion" -l time-format -d 'How times are written' -r -f -a "rfc3339\t'`2026-01-31T09:30:00.123Z`'
local\t'As RFC 3339, with the machine\'s time zone'
epoch-ms\t'Milliseconds since 1970'"
complete -c kafkactl -n "__fish_kafkactl_using_subcommand completion" -l timeout -d 'How long an operation may take in all, e.g. 30s' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand completion" -l client-id -d 'The name under which brokers log this client' -r
complete -c kafkactl -n "__fish_kafkactl_using_subcommand completion" -l no-headers -d 'Leave out the headers of tables'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand completion" -s q -l quiet -d 'Leave out messages about what was done'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand completion" -l verbose -d 'Log what the client does to stderr; twice for more, three times for all'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand completion" -l no-progress -d 'Never show progress'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand completion" -s y -l yes -d 'Do not ask before destructive work'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand completion" -l read-only -d 'Refuse every command that would change something'
complete -c kafkactl -n "__fish_kafkactl_using_subcommand completion" -s h -l help -d 'Print help'
