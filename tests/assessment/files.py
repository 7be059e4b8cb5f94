"""Two sound files, and files that cannot be assessed with what has to be said of each."""

VALUES = "unit,indicator,value,confidence\nXAB,C14-01,2,double\nXAB,C14-02,1,single\n"
TREE = "code,parent,weight\n14,,1\nC14-01,14,1\nC14-02,14,1\n"
CIRCLE = "code,parent,weight\na,b,1\nb,a,1\n14,,1\nC14-01,14,1\nC14-02,14,1\n"

# the files that are not sound, and of the one defect: where it is, what it is, its remedy
UNUSABLE = [
    ({"tree": CIRCLE}, "tree.csv, row 2, ", "that is a circle.", "Leave the parent of the topmost"),
    (
        {"tree": TREE + "C9-01,9,1\n"},
        "tree.csv, row 5, ",
        "under 9, which has no row.",
        "Add a row for 9",
    ),
    ({"tree": TREE + "C14-02,14,1\n"}, "tree.csv, row 5, column code", "already in row 4.", "its own"),
    ({"tree": TREE + "C14-03,14,-1\n"}, "tree.csv, row 5, column weight", "below 0.", "Write 0 or more."),
    ({"tree": TREE + "C14-03,14,\n"}, "tree.csv, row 5, column weight", "is empty.", "Fill it: weight"),
    ({"tree": TREE + "C14-03,14,inf\n"}, "tree.csv, row 5, column weight", "not a number.", "example 1."),
    ({"tree": TREE + ",14,1\n"}, "tree.csv, row 5, column code", "the cell is empty.", "Fill it: code"),
    (
        {"tree": TREE + "C9-01,,1\n"},
        "tree.csv, row 5, ",
        "neither a parent nor children",
        "Name the code",
    ),
    ({"tree": TREE.replace("14,1", "14,0")}, "tree.csv, row 2, ", "weight zero, so", "Give at least one"),
    ({"values": VALUES + "XAC,C14-01,5,\n"}, "values.csv, row 4, column value", "outside", "from 0 to 4"),
    (
        {"values": VALUES + "XAC,C14-01,-1,\n"},
        "values.csv, row 4, column value",
        "outside",
        "from 0 to 4",
    ),
    (
        {"values": VALUES + "XAC,C14-01,inf,\n"},
        "values.csv, row 4, column value",
        "not a number",
        "point",
    ),
    (
        {"values": VALUES + "XAC,C14-01,nan,\n"},
        "values.csv, row 4, column value",
        "not a number",
        "point",
    ),
    (
        {"values": VALUES + 'XAC,C14-01,"2,5",\n'},
        "values.csv, row 4, column value",
        "not a number",
        "2.5",
    ),
    (
        {"values": VALUES + "XAC,C14-01,2,5,\n"},
        "values.csv, row 4",
        "5 cells, the header has 4",
        "quotes",
    ),
    (
        {"values": VALUES + "XAC,C9-01,2,\n"},
        "values.csv, row 4, column indicator",
        "not in the tree",
        "add",
    ),
    (
        {"values": VALUES + "XAC,14,2,\n"},
        "values.csv, row 4, column indicator",
        "codes below it",
        "theirs",
    ),
    (
        {"values": VALUES + "XAB,C14-01,2,\n"},
        "values.csv, row 4, column unit +",
        "in row 2",
        "remove one",
    ),
    ({"values": VALUES + ",C14-01,2,\n"}, "values.csv, row 4, column unit", "is empty", "Fill it"),
    (
        {"values": VALUES + "XAC,C14-01,2,threefold\n"},
        "row 4, column confidence",
        "not one of",
        "single,",
    ),
    ({"values": "unit,indicator\nXAB,C14-01\n"}, "row 1, column value", "column is missing", "Add it"),
    ({"tree": "code,weight\n14,1\n"}, "tree.csv, row 1, column parent", "column is missing", "Add it"),
    ({"values": ""}, "values.csv: ", "the file is empty.", "unit,indicator,value,confidence"),
    ({"tree": "\n"}, "tree.csv: ", "the file is empty.", "code,parent,weight"),
    ({"values": "unit,indicator,value\n"}, "values.csv: ", "a header, but no row.", "Add a row."),
    ({"values": VALUES.replace(",", ";")}, "values.csv, row 1: ", "separated by ';'", "with commas"),
    ({"values": VALUES.encode("utf-16")}, "values.csv: ", "written in UTF-16", 'Save it as "CSV UTF-8".'),
    ({"tree": TREE.encode("utf-16")}, "tree.csv: ", "written in UTF-16", 'Save it as "CSV UTF-8".'),
    (
        {"values": (VALUES + "Été,C14-01,2,\n").encode("latin-1")},
        "values.csv, row 4, column unit",
        "is not written in UTF-8.",
        "and write the cell again.",
    ),
    ({"method": "colour: red"}, "method.yaml: ", "'colour' is not a setting.", "Settings are: edition"),
    ({"method": "least_known: 2"}, "method.yaml, least_known", "outside 0 to 1.", "Give 0 to 1."),
    ({"method": "seed: x"}, "method.yaml, seed", "'x' does not fit here.", "Give a whole number."),
    (
        {"method": "range: [0, 5]\nbands: [{from: 0}]"},
        "method.yaml, gap_below",
        "what counts as a gap is still a level below 2.",
        "Give gap_below",
    ),
    ({"method": "a: [\n"}, "method.yaml, row 2", "This is not YAML.", "Write it as `key: value` lines."),
    ({"method": "edition: été".encode("latin-1")}, "method.yaml, row 1", "not UTF-8", "as UTF-8"),
    ({"method": "seed: 1".encode("utf-16")}, "method.yaml, row 1", "not UTF-8", "as UTF-8"),
]
