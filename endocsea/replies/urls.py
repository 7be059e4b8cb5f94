from django.urls import path

from .views import answering, exchange, overview, rounds, sharing, signing

app_name = "replies"
urlpatterns = [
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/new/", rounds.new, name="new-round"),
    path("rounds/<slug:code>/", rounds.one, name="round"),
    path("rounds/<slug:code>/open/", rounds.open_it, name="open-round"),
    path("rounds/<slug:code>/close/", rounds.close_it, name="close-round"),
    path("rounds/<slug:code>/more-time/", rounds.more_time, name="more-time"),
    path("replies/", overview.replies, name="replies"),
    path("replies/<slug:round>/<slug:state>/", overview.reply, name="reply"),
    path("replies/<slug:round>/<slug:state>/answer/", answering.answer, name="answer"),
    path("replies/<slug:round>/<slug:state>/shares/", sharing.shares, name="shares"),
    path("replies/<slug:round>/<slug:state>/shares/<int:pk>/", sharing.take_back, name="take-back"),
    path("replies/<slug:round>/<slug:state>/shares/<int:pk>/sheet.docx", exchange.sheet, name="sheet"),
    path("replies/<slug:round>/<slug:state>/workbook.xlsx", exchange.whole, name="workbook"),
    path("replies/<slug:round>/<slug:state>/clearance.<slug:format>", exchange.clearance, name="clearance"),
    path("replies/<slug:round>/<slug:state>/bring-back/", exchange.bring_back, name="bring-back"),
    path("replies/<slug:round>/<slug:state>/bring-back/take/", exchange.take, name="take"),
    path("replies/<slug:round>/<slug:state>/sign/", signing.sign, name="sign"),
    path("replies/<slug:round>/<slug:state>/open-again/", signing.open_again, name="open-again"),
    path("replies/<slug:round>/<slug:state>/section/<str:section>/", answering.section, name="section"),
]
