"""What other programs were promised: answer, place and JSON type, one promise a line."""

_TABLE = """
scan repositories[]. path:string head:string commits:integer first:string? last:string?
scan environments[]. name:string plane:string first_seen:string? last_seen:string?
scan environments[]. resources:integer evidence:array
scan pairs[]. left:string right:string plane:string facts_common:integer facts_differ:integer
scan pairs[]. facts_left_only:integer facts_right_only:integer inherited:integer unknown:integer
scan pairs[]. environmental:integer in_flight:integer standing:integer frozen:integer
scan pairs[]. accepted:integer
scan divergences[]. left:string right:string plane:string role:string path:string type:string
scan divergences[]. left_value:any right_value:any left_layer:string? right_layer:string?
scan divergences[]. since:string? onset:string moved:string actor:object? approved_by:string?
scan divergences[].actor. name:string class:string
scan divergences[]. kind:string reason:string share_of_time_apart:number spells:integer rank:integer
scan divergences[]. stands_from:string? cause:string owner:string
scan actors[]. name:string class:string changes:integer evidence:string
scan gaps[]. path:string look:string reason:string
scan coverage. files:integer placed:integer unreadable:integer facts:integer fact_changes:integer
scan promotions[]. from:string to:string role:string path:string count:integer lag_seconds:object
scan promotions[]. superseded:integer withdrawn:integer backwards:integer open:integer
scan promotions[]. threshold_seconds:integer level:string steps:integer
scan promotions[].lag_seconds. p10:integer? p50:integer? p90:integer? max:integer?
scan spells[]. left:string right:string role:string path:string started:string ended:string?
scan spells[]. stands_from:string? seconds_in_flight:integer seconds_standing:integer
scan spells[]. opened_by:string kind:string reason:string
scan trend[]. left:string right:string at:string distance:integer path_length:integer
scan trend[]. exposure:integer
scan . since_last_look:object? focus:array?
compare . left_ref:string right_ref:string left_at:string? right_at:string? pair:object
compare divergences[]. kind:string reason:string
history . role:string path:string? series:array
history series[]. environment:string role:string path:string steps:array
history series[].steps[]. at:string look:string state:string value:any
spells spells[]. started:string ended:string? stands_from:string?
promotions promotions[]. from:string to:string count:integer
promotions promotions[].lag_seconds. p50:integer? p90:integer?
"""


def _promises() -> list[tuple[str, str, str]]:
    rows = []
    for line in filter(None, _TABLE.splitlines()):
        answer, prefix, *fields = line.split()
        for field in fields:
            name, _, kind = field.partition(":")
            rows.append((answer, f"{prefix.removesuffix('.')}.{name}".lstrip("."), kind))
    return rows


PROMISED = _promises()
